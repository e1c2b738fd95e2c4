package org.usersvc.systemd.scope;

import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.SubState;

/**
 * The state of a scope.
 *
 * @param timedOut whether it ran, or took to stop, longer than it may
 */
public record ScopeState(Phase phase, boolean timedOut) {
  public static final ScopeState INITIAL = new ScopeState(Phase.DEAD, false);

  /** The sub-states. */
  public enum Phase implements SubState {
    DEAD(ActiveState.INACTIVE),
    RUNNING(ActiveState.ACTIVE),
    /** The program that made it takes no interest any more. */
    ABANDONED(ActiveState.ACTIVE),
    STOP_SIGTERM(ActiveState.DEACTIVATING),
    STOP_SIGKILL(ActiveState.DEACTIVATING),
    FAILED(ActiveState.FAILED);

    private final ActiveState active;

    Phase(ActiveState active) {
      this.active = active;
    }

    @Override
    public ActiveState active() {
      return active;
    }
  }

  /** The value of the property {@code Result}. */
  public String result() {
    return timedOut ? "timeout" : "success";
  }

  ScopeState in(Phase next) {
    return new ScopeState(next, timedOut);
  }
}
