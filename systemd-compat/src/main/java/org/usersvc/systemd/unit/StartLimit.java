package org.usersvc.systemd.unit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often something may happen: so many times within an interval. Immutable.
 *
 * @param interval the length of the interval; zero: no limit; null: without an end
 * @param burst how often within it; 0: no limit
 */
public record StartLimit(@Nullable Duration interval, int burst) {
  /** What a unit has that says nothing: five starts within ten seconds. */
  public static final StartLimit DEFAULT = new StartLimit(Duration.ofSeconds(10), 5);

  public StartLimit {
    if (burst < 0 || (interval != null && interval.isNegative())) {
      throw new IllegalArgumentException("a limit below zero: " + interval + ", " + burst);
    }
  }

  /** Whether there is a limit at all. */
  public boolean isSet() {
    return burst > 0 && (interval == null || !interval.isZero());
  }
}
