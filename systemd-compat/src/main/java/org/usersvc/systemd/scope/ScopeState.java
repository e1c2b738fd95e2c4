package org.usersvc.systemd.scope;

import java.util.Locale;
import org.usersvc.systemd.unit.ActiveState;

/**
 * The state of a scope.
 *
 * @param timedOut whether it ran, or took to stop, longer than it may
 */
public record ScopeState(Phase phase, boolean timedOut) {
  public static final ScopeState INITIAL = new ScopeState(Phase.DEAD, false);

  /** The sub-states. */
  public enum Phase {
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

    /** The state that all types of units have. */
    public ActiveState active() {
      return active;
    }

    /** The word for D-Bus and {@code systemctl}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
