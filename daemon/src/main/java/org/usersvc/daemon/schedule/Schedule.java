package org.usersvc.daemon.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.usersvc.daemon.calendar.CalendarSpec;

/**
 * When a service starts, as the file {@code schedule} says. Immutable.
 *
 * @param calendar times of the calendar
 * @param every spans after the last start, or after the daemon's
 * @param after spans after the daemon's start
 * @param random the longest delay that chance adds to each time
 * @param persistent whether a time that has passed while nobody could start it is made up for
 */
public record Schedule(
    List<CalendarSpec> calendar,
    List<Duration> every,
    List<Duration> after,
    Duration random,
    boolean persistent) {
  public Schedule {
    calendar = List.copyOf(calendar);
    every = List.copyOf(every);
    after = List.copyOf(after);
  }

  /** Whether any of its times are of the calendar. */
  public boolean hasCalendar() {
    return !calendar.isEmpty();
  }

  /**
   * The next time.
   *
   * @param zone of calendar times that name none
   * @param seed of the random delays: the same time of the same service has the same delay, so that
   *     the next daemon keeps it
   * @return empty if there is none
   */
  public Optional<Occasion> next(Past past, Moment now, ZoneId zone, long seed) {
    // a clock that was put back behind the last time counts from now
    var from = past.handled().wall().isAfter(now.wall()) ? now.wall() : past.handled().wall();
    var byCalendar =
        calendar.stream()
            .flatMap(spec -> spec.next(from, zone).stream())
            .map(time -> now.atWall(time.plusNanos(delay(seed, micros(time)))))
            .map(at -> new Occasion(at, true));
    var bySpans =
        Stream.concat(ofEvery(past), ofAfter(past))
            .map(elapsed -> now.atElapsed(elapsed + delay(seed, elapsed)))
            .map(at -> new Occasion(at, false));
    return Stream.concat(byCalendar, bySpans)
        .min(Comparator.comparing(occasion -> occasion.at().wall()));
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private Stream<Long> ofEvery(Past past) {
    long origin = past.origin(persistent);
    return every.stream()
        .map(Spans::nanos)
        .map(span -> {
          long over = Math.max(0, past.handled().elapsed() - origin);
          return origin + (over / span + 1) * span;
        });
  }

  private Stream<Long> ofAfter(Past past) {
    return after.stream()
        .map(span -> past.begun() + Spans.nanos(span))
        .filter(time -> time > past.handled().elapsed());
  }

  private long delay(long seed, long time) {
    return random.isZero()
        ? 0
        : new SplittableRandom(seed * 31 + time).nextLong(Spans.nanos(random) + 1);
  }
}
