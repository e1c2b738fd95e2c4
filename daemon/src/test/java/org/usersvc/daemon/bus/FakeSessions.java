package org.usersvc.daemon.bus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.freedesktop.dbus.types.UInt32;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.bus.SessionDoor.Outcome.Refused;
import org.usersvc.daemon.bus.SessionDoor.Outcome.Registered;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.wire.Call;
import org.usersvc.dbus.Errors;

/** Sessions without any rule but that of names. */
final class FakeSessions implements SessionDoor {
  private final List<Session> sessions = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private int lastId;

  @Override
  public void register(
      Map<String, String> variables,
      Map<String, Object> options,
      Call call,
      Consumer<Outcome> answer) {
    var refused = names(List.copyOf(variables.keySet()));
    if (refused != null) {
      answer.accept(refused);
      return;
    }
    lastId++;
    String name = (String) options.getOrDefault("name", "");
    int leader = ((UInt32) options.getOrDefault("leader", new UInt32(0))).intValue();
    var since = Instant.ofEpochSecond(1, 2_000);
    sessions.add(new Session(lastId, name, "wayland", leader, "", variables, since));
    answer.accept(new Registered(lastId));
  }

  private static @Nullable Refused names(List<String> names) {
    for (String name : names) {
      if (!Environment.isName(name)) {
        return new Refused(Errors.INVALID_NAME, name + " is not a name");
      }
    }
    return null;
  }

  @Override
  public boolean unregister(int id) {
    return sessions.removeIf(session -> session.id() == id);
  }

  @Override
  public List<Session> list() {
    return sessions;
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public @Nullable Refused setEnvironment(Map<String, String> variables) {
    var refused = names(List.copyOf(variables.keySet()));
    if (refused == null) {
      environment.putAll(variables);
    }
    return refused;
  }

  @Override
  public void unsetEnvironment(
      List<String> names, Call call, Consumer<SessionDoor.Outcome.@Nullable Refused> done) {
    var refused = names(names);
    if (refused == null) {
      names.forEach(environment::remove);
    }
    done.accept(refused);
  }
}
