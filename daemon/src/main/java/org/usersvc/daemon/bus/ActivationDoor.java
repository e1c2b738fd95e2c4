package org.usersvc.daemon.bus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.freedesktop.dbus.types.UInt32;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.model.Environment;
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
    int leader = options.get("leader") instanceof UInt32 pid ? pid.intValue() : 0;
    String name = options.get("name") instanceof String given ? given : "";
    CallerPid.of(
        call,
        pid -> {
          var registration = new Registration(Environment.of(all), name, leader, pid);
          answer.accept(told(sessions.register(registration)));
        });
  }

  private static Outcome told(org.usersvc.daemon.activation.Outcome outcome) {
    return switch (outcome) {
      case org.usersvc.daemon.activation.Outcome.Registered(var session) ->
          new Outcome.Registered(session.id());
      case org.usersvc.daemon.activation.Outcome refusal -> refused(refusal);
    };
  }

  private static Outcome.Refused refused(org.usersvc.daemon.activation.Outcome outcome) {
    String name =
        switch (outcome) {
          case org.usersvc.daemon.activation.Outcome.InvalidName _ -> Errors.INVALID_NAME;
          case org.usersvc.daemon.activation.Outcome.InvalidValue _ -> Errors.INVALID_VALUE;
          case org.usersvc.daemon.activation.Outcome.NoLeader _ -> Errors.NO_LEADER;
          case org.usersvc.daemon.activation.Outcome.TooManySessions _ -> Errors.TOO_MANY_SESSIONS;
          case org.usersvc.daemon.activation.Outcome.Registered _,
              org.usersvc.daemon.activation.Outcome.Changed _ ->
              throw new IllegalArgumentException("no refusal: " + outcome);
        };
    return new Outcome.Refused(name, outcome.describe());
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
    return refusedOrNull(activation.set(variables));
  }

  @Override
  public Outcome.@Nullable Refused unsetEnvironment(List<String> names) {
    return refusedOrNull(activation.unset(names));
  }

  private static Outcome.@Nullable Refused refusedOrNull(
      org.usersvc.daemon.activation.Outcome outcome) {
    return outcome instanceof org.usersvc.daemon.activation.Outcome.Changed
        ? null
        : refused(outcome);
  }
}
