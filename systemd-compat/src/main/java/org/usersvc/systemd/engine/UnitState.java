package org.usersvc.systemd.engine;

import org.usersvc.systemd.unit.ActiveState;

/**
 * How a unit is. Immutable.
 *
 * @param active as all types have it
 * @param sub the word of its type for it, such as {@code running}
 */
public record UnitState(ActiveState active, String sub) {
  /** Nothing runs: the first state of most units. */
  public static final UnitState DEAD = new UnitState(ActiveState.INACTIVE, "dead");
}
