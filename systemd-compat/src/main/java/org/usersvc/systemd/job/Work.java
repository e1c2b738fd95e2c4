package org.usersvc.systemd.job;

import org.usersvc.systemd.syntax.UnitName;

/**
 * What the caller has to do to a unit for a job that runs now. Immutable.
 *
 * @param job the id of the job, with which the caller reports
 */
public record Work(int job, UnitName unit, Action action) {
  /** What to do. */
  public enum Action {
    /** Start it; a unit that is activating already goes on. */
    START,
    STOP,
    RELOAD
  }
}
