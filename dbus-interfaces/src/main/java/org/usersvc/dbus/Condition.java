package org.usersvc.dbus;

import org.freedesktop.dbus.Tuple;
import org.freedesktop.dbus.annotations.Position;

/**
 * The state of a service when a request to it is done.
 *
 * @param <S> String
 * @param <P> UInt32
 */
public final class Condition<S, P> extends Tuple {
  @Position(0)
  private final S state;

  @Position(1)
  private final P pid;

  public Condition(S state, P pid) {
    this.state = state;
    this.pid = pid;
  }

  public S state() {
    return state;
  }

  /** 0 if no process lives. */
  public P pid() {
    return pid;
  }
}
