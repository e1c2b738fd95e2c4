package org.usersvc.systemd.view;

import java.time.Duration;
import java.util.Optional;
import org.usersvc.daemon.calendar.TimeSpan;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.systemd.engine.TimerController;

/** When a timer starts its unit next. */
final class NextStart {
  private NextStart() {}

  /** Such as {@code next start in 5min 20s}; empty if it waits for no time. */
  static Optional<String> of(TimerController timer, Clock clock) {
    return left(timer, clock)
        .map(left -> left.isPositive() ? "next start in " + shown(left) : "starts now");
  }

  /** How long it is until then; empty if it waits for no time. */
  static Optional<Duration> left(TimerController timer, Clock clock) {
    var byDay = timer.nextByDay().map(at -> Duration.between(clock.wall(), at));
    var byNanos =
        timer.nextByNanos().isPresent()
            ? Optional.of(Duration.ofNanos(timer.nextByNanos().getAsLong() - clock.nanos()))
            : Optional.<Duration>empty();
    return byDay.isPresent() && (byNanos.isEmpty() || byDay.get().compareTo(byNanos.get()) < 0)
        ? byDay
        : byNanos;
  }

  /** Whole seconds, rounded up. */
  private static TimeSpan shown(Duration left) {
    return new TimeSpan(left.plusNanos(999_999_999).toSeconds() * TimeSpan.SECOND);
  }
}
