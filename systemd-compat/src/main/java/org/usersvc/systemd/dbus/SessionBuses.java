package org.usersvc.systemd.dbus;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.daemon.wire.Link;

/** Whether a session bus is there, whoever has started it. <b>Loop thread only.</b> */
public final class SessionBuses {
  private final Map<String, Link> present = new HashMap<>();
  private final Set<Runnable> watchers = new LinkedHashSet<>();

  /** A bus is ready. */
  public void ready(Link bus) {
    present.put(bus.address(), bus);
    bus.whenGone(Link.Request.BUS, () -> gone(bus));
    tell();
  }

  private void gone(Link bus) {
    if (present.remove(bus.address(), bus)) {
      tell();
    }
  }

  private void tell() {
    List.copyOf(watchers).forEach(Runnable::run);
  }

  Collection<Link> all() {
    return List.copyOf(present.values());
  }

  boolean isThere() {
    return !present.isEmpty();
  }

  /** Runs an action after each change, until it is unwatched. */
  void watch(Runnable action) {
    watchers.add(action);
  }

  void unwatch(Runnable action) {
    watchers.remove(action);
  }
}
