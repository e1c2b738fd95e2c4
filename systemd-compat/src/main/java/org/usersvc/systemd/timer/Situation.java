package org.usersvc.systemd.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;

/**
 * What the world is like when something happens to a timer. Immutable.
 *
 * @param now the present moment
 * @param startup when the manager was started, by the monotonic clock
 * @param zone the local time zone
 * @param unitActive when the unit was last activated, by the monotonic clock
 * @param unitInactive when it was last deactivated
 * @param chance how much later than asked the timer elapses, if it begins to wait now
 * @param isStopping whether a job is to stop the timer
 */
public record Situation(
    Moment now,
    long startup,
    ZoneId zone,
    OptionalLong unitActive,
    OptionalLong unitInactive,
    Duration chance,
    boolean isStopping) {
  /** When the manager was started, by the clock of the day as it is set now. */
  Instant startupByDay() {
    return now.wall().minusNanos(now.nanos() - startup);
  }
}
