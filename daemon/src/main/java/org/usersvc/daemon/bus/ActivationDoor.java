package org.usersvc.daemon.bus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.freedesktop.dbus.types.UInt16;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Fit;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.CallerPid;
import org.usersvc.dbus.Errors;

/** Sessions and the environment for callers on D-Bus. <b>Loop thread only.</b> */
public final class ActivationDoor implements SessionDoor {
  private final Sessions sessions;
  private final Activation activation;
  private final Messages messages;

  public ActivationDoor(Sessions sessions, Activation activation, Messages messages) {
    this.sessions = sessions;
    this.activation = activation;
    this.messages = messages;
  }

  @Override
  public void register(
      Map<String, String> variables,
      Map<String, Object> options,
      Call call,
      Consumer<Outcome> answer) {
    int leader = leader(options.getOrDefault("leader", 0));
    if (leader < 0 || !(options.getOrDefault("name", "") instanceof String name)) {
      answer.accept(
          new Outcome.Refused(
              Errors.INVALID_VALUE,
              "the option leader (u) is the number of a process, name (s) is a text"));
      return;
    }
    CallerPid.of(
        call,
        pid -> {
          var fit = fit(variables, pid);
          var all = new LinkedHashMap<>(fit.variables());
          if (call.link().isBus()) {
            all.putIfAbsent(org.usersvc.daemon.session.Session.BUS, call.link().address());
          }
          var registration =
              new Registration(Environment.of(all), NativeText.printable(name), leader, pid);
          answer.accept(
              DoorOutcomes.ofRegistration(
                  fit.refusesAll() ? fit.refusals().getFirst() : sessions.register(registration)));
        });
  }

  /** What is refused is told in the log, and does not keep the rest from being taken. */
  private Fit fit(Map<String, String> variables, int pid) {
    var fit = Fit.of(variables);
    String from = pid == 0 ? "D-Bus: " : "D-Bus, pid " + pid + ": ";
    fit.complaints().forEach(complaint -> messages.warn(from + complaint));
    return fit;
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

  @Override
  public boolean unregister(int id) {
    return sessions.unregister(id);
  }

  @Override
  public List<Session> list() {
    return sessions.all().stream().map(ActivationDoor::shown).toList();
  }

  private static Session shown(org.usersvc.daemon.session.Session session) {
    String bus = session.bus();
    return new Session(
        session.id(),
        session.name(),
        session.kind(),
        session.leader().pid(),
        bus == null ? "" : bus,
        session.variables().variables(),
        session.since());
  }

  @Override
  public Map<String, String> environment() {
    return activation.current().variables();
  }

  @Override
  public Outcome.@Nullable Refused setEnvironment(Map<String, String> variables) {
    var fit = fit(variables, 0);
    return DoorOutcomes.ofChange(
        fit.refusesAll() ? fit.refusals().getFirst() : activation.set(fit.variables()));
  }

  @Override
  public void unsetEnvironment(
      List<String> names, Call call, Consumer<Outcome.@Nullable Refused> done) {
    CallerPid.of(
        call,
        pid ->
            done.accept(DoorOutcomes.ofChange(activation.unset(names, sessions.ofProcess(pid)))));
  }
}
