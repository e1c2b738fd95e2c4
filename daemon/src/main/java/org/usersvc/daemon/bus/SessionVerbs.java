package org.usersvc.daemon.bus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt16;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Fit;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.CallerPid;
import org.usersvc.dbus.Errors;

/** The methods of the manager for sessions and the environment. <b>Loop thread only.</b> */
public final class SessionVerbs {
  private final Sessions sessions;
  private final Activation activation;
  private final Messages messages;

  public SessionVerbs(Sessions sessions, Activation activation, Messages messages) {
    this.sessions = sessions;
    this.activation = activation;
    this.messages = messages;
  }

  /** The living sessions, oldest first. */
  List<Session> all() {
    return sessions.all();
  }

  /** The session of that id, null if there is none. */
  @Nullable Session find(int id) {
    return sessions.find(id);
  }

  /** The environment of services that start now. */
  Map<String, String> environment() {
    return activation.current().variables();
  }

  /** Registers a session or updates that of the same leader; the answer is its object's path. */
  void register(Call call) {
    var variables = strings(call.arguments().getFirst());
    var options = (Map<?, ?>) call.arguments().get(1);
    int leader = leader(option(options, "leader", 0));
    if (leader < 0 || !(option(options, "name", "") instanceof String name)) {
      call.fail(
          Errors.INVALID_VALUE,
          "the option leader (u) is the number of a process, name (s) is a text");
      return;
    }
    CallerPid.of(
        call,
        pid -> {
          var fit = fit(variables, pid);
          var all = new LinkedHashMap<>(fit.variables());
          if (call.link().isBus()) {
            all.putIfAbsent(Session.BUS, call.link().address());
          }
          var registration =
              new Registration(Environment.of(all), NativeText.printable(name), leader, pid);
          answer(
              call, fit.refusesAll() ? fit.refusals().getFirst() : sessions.register(registration));
        });
  }

  private static Object option(Map<?, ?> options, String name, Object otherwise) {
    return options.get(name) instanceof Variant<?> given ? given.getValue() : otherwise;
  }

  /** The process that an option names, -1 if it names none. Any type of whole number will do. */
  private static int leader(Object option) {
    long pid =
        switch (option) {
          case Short number -> number;
          case Integer number -> number;
          case Long number -> number;
          case UInt16 number -> number.longValue();
          case UInt32 number -> number.longValue();
          case UInt64 number -> number.longValue();
          default -> -1;
        };
    return pid <= Integer.MAX_VALUE ? (int) Math.max(pid, -1) : -1;
  }

  /** Sorts variables, and logs those that are refused. */
  private Fit fit(Map<String, String> variables, int pid) {
    var fit = Fit.of(variables);
    String from = pid == 0 ? "D-Bus: " : "D-Bus, pid " + pid + ": ";
    fit.complaints().forEach(complaint -> messages.warn(from + complaint));
    return fit;
  }

  /** Ends a session. */
  void unregister(Call call) {
    String path = call.arguments().getFirst().toString();
    if (sessions.unregister(SessionObject.idOfPath(path))) {
      call.answer("");
    } else {
      call.fail(Errors.NO_SUCH_SESSION, path + " is not a session");
    }
  }

  /** Sets variables that belong to no session. */
  void setEnvironment(Call call) {
    var fit = fit(strings(call.arguments().getFirst()), 0);
    answer(call, fit.refusesAll() ? fit.refusals().getFirst() : activation.set(fit.variables()));
  }

  /** Unsets variables of the caller's session, and those without a session. */
  void unsetEnvironment(Call call) {
    var names = ((List<?>) call.arguments().getFirst()).stream().map(String.class::cast).toList();
    CallerPid.of(call, pid -> answer(call, activation.unset(names, sessions.ofProcess(pid))));
  }

  private static Map<String, String> strings(Object map) {
    var strings = new LinkedHashMap<String, String>();
    ((Map<?, ?>) map).forEach((name, value) -> strings.put((String) name, (String) value));
    return strings;
  }

  private static void answer(Call call, Outcome outcome) {
    switch (outcome) {
      case Outcome.Registered(var session) ->
          call.answer("o", new DBusPath(SessionObject.path(session.id())));
      case Outcome.Changed _ -> call.answer("");
      case Outcome.InvalidName _ -> refuse(call, Errors.INVALID_NAME, outcome);
      case Outcome.InvalidValue _ -> refuse(call, Errors.INVALID_VALUE, outcome);
      case Outcome.NoLeader _ -> refuse(call, Errors.NO_LEADER, outcome);
      case Outcome.TooManySessions _ -> refuse(call, Errors.TOO_MANY_SESSIONS, outcome);
    }
  }

  private static void refuse(Call call, String errorName, Outcome refusal) {
    call.fail(errorName, NativeText.printable(refusal.describe()));
  }
}
