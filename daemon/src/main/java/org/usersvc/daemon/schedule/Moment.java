package org.usersvc.daemon.schedule;

import java.time.Instant;

/**
 * One moment on two clocks. Immutable.
 *
 * @param wall by the clock of the day, which somebody may set
 * @param elapsed nanoseconds since the machine's start, sleep included
 */
public record Moment(Instant wall, long elapsed) {
  /** The moment of that time since the machine's start. */
  Moment atElapsed(long other) {
    return new Moment(wall.plusNanos(other - elapsed), other);
  }

  /** The moment of that time of the day, unless somebody sets the clock in between. */
  Moment atWall(Instant other) {
    return new Moment(other, elapsed + Spans.between(wall, other));
  }

  /** The later one on each of the clocks. */
  Moment max(Moment other) {
    return new Moment(
        wall.isAfter(other.wall) ? wall : other.wall, Math.max(elapsed, other.elapsed));
  }
}
