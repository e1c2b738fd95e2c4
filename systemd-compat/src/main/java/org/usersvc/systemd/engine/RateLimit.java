package org.usersvc.systemd.engine;

import java.time.Duration;
import org.usersvc.systemd.unit.StartLimit;

/** Counts how often something happens within a span of time that begins with the first of them. */
public final class RateLimit {
  private long begin;
  private int count;

  /**
   * Counts one more, unless that is one too many.
   *
   * @param now of the monotonic clock, in nanoseconds
   * @return false if it is too many
   */
  public boolean take(long now, StartLimit limit) {
    if (!limit.isSet()) {
      return true;
    }
    if (count == 0 || left(now, limit).isNegative()) {
      begin = now;
      count = 0;
    }
    if (count >= limit.burst()) {
      return false;
    }
    count++;
    return true;
  }

  /** How long it takes until there is room again; negative if that is so already. */
  public Duration left(long now, StartLimit limit) {
    var interval = limit.interval();
    return interval == null ? Duration.ofSeconds(Long.MAX_VALUE) : interval.minusNanos(now - begin);
  }

  /** When the first happened that counts. */
  public long began() {
    return begin;
  }

  /** How many count. */
  public int count() {
    return count;
  }

  /** Goes on with what an earlier daemon has counted. */
  public void resume(long began, int counted) {
    begin = began;
    count = counted;
  }

  /** Forgets all that was counted. */
  public void reset() {
    count = 0;
  }
}
