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
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.dbus.Errors;

/** Sessions and the environment for callers on D-Bus. <b>Loop thread only.</b> */
public final class ActivationDoor implements SessionDoor {
  private final Sessions sessions;
  private final Activation activation;

  public ActivationDoor(Sessions sessions, Activation activation) {
    this.sessions = sessions;
    this.activation = activation;
  }

  @Override
  public void register(
      Map<String, String> variables,
      Map<String, Object> options,
      Call call,
      Consumer<Outcome> answer) {
    var all = new LinkedHashMap<>(variables);
    if (call.link().isBus()) {
      all.putIfAbsent(org.usersvc.daemon.session.Session.BUS, call.link().address());
    }
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
          var registration =
              new Registration(Environment.of(all), NativeText.printable(name), leader, pid);
          answer.accept(DoorOutcomes.ofRegistration(sessions.register(registration)));
        });
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
    return DoorOutcomes.ofChange(activation.set(variables));
  }

  @Override
  public Outcome.@Nullable Refused unsetEnvironment(List<String> names) {
    return DoorOutcomes.ofChange(activation.unset(names));
  }
}
