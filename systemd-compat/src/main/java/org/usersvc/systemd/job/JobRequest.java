package org.usersvc.systemd.job;

import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;

/**
 * A wish for a job. Immutable.
 *
 * @param by who has the wish; only people can be refused by {@code RefuseManualStart=} and its like
 */
public record JobRequest(JobType type, UnitName unit, JobMode mode, By by) {
  /** A request of a client. */
  public static JobRequest manual(JobType type, UnitName unit, JobMode mode) {
    return new JobRequest(type, unit, mode, By.SOMEBODY);
  }

  /** The wish of the engine itself. */
  public static JobRequest own(JobType type, UnitName unit, JobMode mode) {
    return new JobRequest(type, unit, mode, By.ENGINE);
  }

  /** Who asks. */
  public enum By {
    SOMEBODY,
    ENGINE
  }
}
