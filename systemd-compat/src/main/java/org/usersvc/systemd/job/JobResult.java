package org.usersvc.systemd.job;

import org.usersvc.systemd.unit.Spelling;

/**
 * How a job ended.
 *
 * <p>Source: org.freedesktop.systemd1(5), {@code JobRemoved}.
 */
public enum JobResult {
  DONE,
  /** Another job took its place, or a client cancelled it. */
  CANCELED,
  TIMEOUT,
  FAILED,
  /** A job on which it depended failed. */
  DEPENDENCY,
  /** It did not apply to the state of the unit. */
  SKIPPED,
  /** It cannot be done to a unit in this state, such as a reload of an inactive one. */
  INVALID,
  /** An assertion of the unit does not hold. */
  ASSERT,
  UNSUPPORTED,
  COLLECTED,
  /** The unit may start only once. */
  ONCE,
  FROZEN,
  CONCURRENCY;

  /** The word that D-Bus shows. */
  public String word() {
    return Spelling.of(this);
  }
}
