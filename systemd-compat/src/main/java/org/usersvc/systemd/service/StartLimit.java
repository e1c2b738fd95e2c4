package org.usersvc.systemd.service;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.unit.StartLimitSettings;

/**
 * Counts the starts of a unit within spans of time. Immutable. Source: systemd.unit(5), {@code
 * StartLimitIntervalSec=}.
 *
 * @param begin when the span has begun; null: no start yet
 * @param starts how many starts there were in it
 */
public record StartLimit(@Nullable Instant begin, int starts) {
  /** No start yet; also what a reset of the failure makes. */
  public static final StartLimit NONE = new StartLimit(null, 0);

  /** Whether one more start is allowed now. */
  public boolean allows(Instant now, StartLimitSettings settings) {
    return settings.burst() == 0
        || settings.interval().isZero()
        || isOver(now, settings)
        || starts < settings.burst();
  }

  /** The same after one more start. */
  public StartLimit started(Instant now, StartLimitSettings settings) {
    return isOver(now, settings) ? new StartLimit(now, 1) : new StartLimit(begin, starts + 1);
  }

  private boolean isOver(Instant now, StartLimitSettings settings) {
    return begin == null || begin.plus(settings.interval()).isBefore(now);
  }
}
