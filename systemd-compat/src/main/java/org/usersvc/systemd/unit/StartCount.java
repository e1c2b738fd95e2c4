package org.usersvc.systemd.unit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts the starts of a unit, or of what it triggers, within spans of time. Immutable. Source:
 * systemd.unit(5), {@code StartLimitIntervalSec=}.
 *
 * @param begin when the span has begun; null: no start yet
 * @param starts how many starts there were in it
 */
public record StartCount(@Nullable Instant begin, int starts) {
  /** No start yet; also what a reset of the failure makes. */
  public static final StartCount NONE = new StartCount(null, 0);

  /** Whether one more start is allowed now. */
  public boolean allows(Instant now, StartLimit limit) {
    return !limit.isSet() || isOver(now, limit) || starts < limit.burst();
  }

  /** The same after one more start. */
  public StartCount started(Instant now, StartLimit limit) {
    return isOver(now, limit) ? new StartCount(now, 1) : new StartCount(begin, starts + 1);
  }

  private boolean isOver(Instant now, StartLimit limit) {
    var interval = limit.interval();
    return begin == null || (interval != null && begin.plus(interval).isBefore(now));
  }
}
