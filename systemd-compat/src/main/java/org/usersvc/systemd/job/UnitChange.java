package org.usersvc.systemd.job;

import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;

/**
 * A new state of a unit. Immutable.
 *
 * @param cause what {@link JobQueue#unitChanged} said of it
 * @param restartsItself whether the unit is about to be restarted by its {@code Restart=}
 */
public record UnitChange(
    UnitName unit, ActiveState from, ActiveState to, Cause cause, boolean restartsItself) {
  /** Whether a job explains a state. */
  public enum Cause {
    JOB,
    UNEXPECTED
  }

  boolean isUnexpected() {
    return cause == Cause.UNEXPECTED;
  }
}
