package org.usersvc.daemon.schedule;

import java.time.Duration;
import java.time.Instant;

/** Spans in nanoseconds, none longer than a century. */
final class Spans {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Spans() {}

  static long nanos(Duration span) {
    if (span.compareTo(LONGEST) > 0) {
      return LONGEST.toNanos();
    }
    return span.compareTo(LONGEST.negated()) < 0 ? -LONGEST.toNanos() : span.toNanos();
  }

  static long between(Instant from, Instant to) {
    return nanos(Duration.between(from, to));
  }
}
