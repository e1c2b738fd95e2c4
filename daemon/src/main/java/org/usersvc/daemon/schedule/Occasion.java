package org.usersvc.daemon.schedule;

import java.time.Duration;

/**
 * One time at which a service is to start. Immutable.
 *
 * @param at the time, with the random delay
 * @param byCalendar whether it is one of the calendar, and not so long after something
 */
public record Occasion(Moment at, boolean byCalendar) {
  /** A time of the calendar that is over by more than this is missed. */
  static final Duration GRACE = Duration.ofMinutes(1);

  /** Whether the time has come. */
  public boolean isDue(Moment now) {
    return !at.wall().isAfter(now.wall());
  }

  /** Whether nobody could start it then: the machine slept, or somebody has set the clock. */
  public boolean isMissed(Moment now) {
    return byCalendar && at.wall().plus(GRACE).isBefore(now.wall());
  }
}
