package org.usersvc.systemd.timer;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a timer has started its unit last, as far as that is known. Immutable.
 *
 * @param wall by the clock of the day
 * @param nanos by the monotonic clock; empty if that was before the timer was started
 */
public record LastTrigger(Optional<Instant> wall, OptionalLong nanos) {
  /** Never. */
  public static final LastTrigger NEVER = new LastTrigger(Optional.empty(), OptionalLong.empty());

  static LastTrigger at(Moment moment) {
    return new LastTrigger(Optional.of(moment.wall()), OptionalLong.of(moment.nanos()));
  }

  /** What a timer knows whose last run is remembered by a file. */
  static LastTrigger remembered(Optional<Instant> wall) {
    return new LastTrigger(wall, OptionalLong.empty());
  }
}
