package org.usersvc.daemon.wire;

import java.util.ArrayList;
import java.util.List;

/** The connections on which signals are sent. <b>Loop thread only.</b> */
public final class SignalTargets {
  private final List<Runnable> listeners = new ArrayList<>();
  private List<Link> ready = List.of();

  /** Adds a link, which gets signals from now on. */
  public void add(Link link) {
    var next = new ArrayList<>(ready);
    next.add(link);
    become(next);
  }

  public void remove(Link link) {
    var next = new ArrayList<>(ready);
    next.remove(link);
    become(next);
  }

  private void become(List<Link> next) {
    boolean wasEmpty = isEmpty();
    ready = List.copyOf(next);
    if (wasEmpty != isEmpty()) {
      listeners.forEach(Runnable::run);
    }
  }

  public boolean isEmpty() {
    return ready.isEmpty();
  }

  /** Runs the action when the first has come and when the last has gone. */
  public void onEmptyOrNot(Runnable action) {
    listeners.add(action);
  }

  /** Sends a signal on all of them. Values as dbus-java takes them. */
  public void signal(
      String path, String interfaceName, String member, String signature, Object... values) {
    ready.forEach(link -> link.signal(path, interfaceName, member, signature, values));
  }
}
