package org.usersvc.systemd.engine;

import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.SubState;

/**
 * How a unit is. Immutable.
 *
 * @param active as all types have it
 * @param sub the word of its type for it, such as {@code running}
 * @param restartsItself whether it is about to be restarted by its {@code Restart=}: it waits for
 *     that, or it passes this state on the way there
 */
public record UnitState(ActiveState active, String sub, boolean restartsItself) {
  /** Nothing runs: the first state of most units. */
  public static final UnitState DEAD = new UnitState(ActiveState.INACTIVE, "dead");

  /** A state of a unit that is not about to be restarted. */
  public UnitState(ActiveState active, String sub) {
    this(active, sub, false);
  }

  /** The state of a unit whose sub-state is this one. */
  public static UnitState of(SubState sub) {
    return new UnitState(sub.active(), sub.word());
  }

  /** Whether nothing runs, and {@code Restart=} is not about to change that. */
  public boolean isDown() {
    return active.isInactiveOrFailed() && !restartsItself;
  }
}
