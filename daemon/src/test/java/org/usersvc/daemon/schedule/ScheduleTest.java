package org.usersvc.daemon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.calendar.CalendarSpec;

final class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long BEGUN = 100 * MINUTE;
  private static final Moment NOW = new Moment(NOON, BEGUN);

  private static Schedule calendar(String... texts) {
    var specs = Stream.of(texts).map(text -> CalendarSpec.parse(text).orElseThrow()).toList();
    return new Schedule(specs, List.of(), List.of(), Duration.ZERO, false);
  }

  private static Schedule every(Duration span, boolean persistent) {
    return new Schedule(List.of(), List.of(span), List.of(), Duration.ZERO, persistent);
  }

  private static Schedule after(Duration span) {
    return new Schedule(List.of(), List.of(), List.of(span), Duration.ZERO, false);
  }

  private static Moment later(Moment moment, Duration span) {
    return new Moment(moment.wall().plus(span), moment.elapsed() + span.toNanos());
  }

  private static Occasion next(Schedule schedule, Past past, Moment now) {
    return schedule.next(past, now, ZoneOffset.UTC, 7).orElseThrow();
  }

  /** The times of the starts, each of which is handled at its time. */
  private static List<String> starts(Schedule schedule, ZoneId zone, Moment from, int count) {
    var times = new ArrayList<String>();
    var past = Past.atStartup(from, from.elapsed());
    var now = from;
    for (int i = 0; i < count; i++) {
      var next = schedule.next(past, now, zone, 7).orElseThrow();
      now = next.at();
      past = past.handling(next, now).starting(now);
      times.add(now.wall().atZone(zone).toLocalDateTime().toString());
    }
    return times;
  }

  @Test
  void theEarliestOfAllTimesIsTheNext() {
    var schedule =
        new Schedule(
            calendar("13:00", "12:30").calendar(),
            List.of(Duration.ofMinutes(20)),
            List.of(Duration.ofMinutes(2)),
            Duration.ZERO,
            false);
    assertThat(starts(schedule, ZoneOffset.UTC, NOW, 5))
        .containsExactly(
            "2026-03-28T12:02",
            "2026-03-28T12:22",
            "2026-03-28T12:30",
            "2026-03-28T12:50",
            "2026-03-28T13:00");
  }

  @Test
  void aTimeOfTheDayStaysOneWhenTheClocksArePutForwardAndBack() {
    var berlin = ZoneId.of("Europe/Berlin");
    assertThat(starts(calendar("08:00"), berlin, NOW, 2))
        .containsExactly("2026-03-29T08:00", "2026-03-30T08:00");
    assertThat(starts(calendar("02:30"), berlin, NOW, 1)).containsExactly("2026-03-30T02:30");
    var autumn = new Moment(Instant.parse("2026-10-25T00:00:00Z"), BEGUN);
    assertThat(starts(calendar("02:30", "08:00"), berlin, autumn, 3))
        .containsExactly("2026-10-25T02:30", "2026-10-25T08:00", "2026-10-26T02:30");
  }

  @Test
  void spansCountFromTheLastStartElseFromTheDaemons() {
    var often = every(Duration.ofMinutes(15), false);
    var past = Past.atStartup(NOW, BEGUN);
    assertThat(next(often, past, NOW).at().elapsed()).isEqualTo(BEGUN + 15 * MINUTE);
    var started = later(NOW, Duration.ofMinutes(4));
    assertThat(next(often, past.starting(started), started).at().elapsed())
        .isEqualTo(BEGUN + 19 * MINUTE);
  }

  @Test
  void whatStillRunsAtItsNextTimeWaitsForTheOneAfterThat() {
    var often = every(Duration.ofMinutes(15), false);
    var started = Past.atStartup(NOW, BEGUN).starting(NOW);
    var first = next(often, started, NOW);
    var skipped = started.handling(first, first.at());
    assertThat(next(often, skipped, first.at()).at().elapsed()).isEqualTo(BEGUN + 30 * MINUTE);
  }

  @Test
  void afterTheDaemonsStartIsOnce() {
    var once = after(Duration.ofMinutes(2));
    var past = Past.atStartup(NOW, BEGUN);
    var first = next(once, past, NOW);
    assertThat(first.at()).isEqualTo(later(NOW, Duration.ofMinutes(2)));
    assertThat(once.next(past.handling(first, first.at()), first.at(), ZoneOffset.UTC, 7))
        .isEmpty();
    assertThat(next(after(Duration.ZERO), past, NOW).isDue(NOW)).isTrue();
    var late = later(NOW, Duration.ofMinutes(5));
    assertThat(once.next(Past.later(late, BEGUN), late, ZoneOffset.UTC, 7)).isEmpty();
  }

  @Test
  void aClockThatIsSetDoesNotMoveSpans() {
    var often = every(Duration.ofMinutes(15), false);
    var past = Past.atStartup(NOW, BEGUN).starting(NOW);
    var set = new Moment(NOON.plus(Duration.ofDays(3)), BEGUN + MINUTE);
    assertThat(next(often, past, set).at().wall())
        .isEqualTo(set.wall().plus(Duration.ofMinutes(14)));
  }

  @Test
  void aClockThatWasPutBackCountsFromNow() {
    var past = Past.atStartup(NOW, BEGUN);
    var back = new Moment(NOON.minus(Duration.ofHours(5)), BEGUN + MINUTE);
    assertThat(next(calendar("08:00"), past, back).at().wall())
        .isEqualTo(Instant.parse("2026-03-28T08:00:00Z"));
  }

  @Test
  void whatNobodyCouldStartIsMissedAfterAMinute() {
    var next = next(calendar("13:00"), Past.atStartup(NOW, BEGUN), NOW);
    var time = later(NOW, Duration.ofHours(1));
    assertThat(next.isDue(NOW)).isFalse();
    assertThat(next.isDue(time)).isTrue();
    assertThat(next.isMissed(later(time, Duration.ofSeconds(60)))).isFalse();
    assertThat(next.isMissed(later(time, Duration.ofSeconds(61)))).isTrue();
    var span = next(every(Duration.ofMinutes(15), false), Past.atStartup(NOW, BEGUN), NOW);
    assertThat(span.isMissed(later(NOW, Duration.ofDays(1)))).isFalse();
  }

  @Test
  void aNewDaemonMakesUpOnlyForWhatIsPersistent() {
    var yesterday = new Moment(NOON.minus(Duration.ofDays(1)), BEGUN - 1440 * MINUTE);
    var left = new Past(yesterday, yesterday, BEGUN - 2000 * MINUTE);
    var daily = calendar("08:00");
    assertThat(next(daily, left.forNewDaemon(NOW, BEGUN, true), NOW).at().wall())
        .isEqualTo(Instant.parse("2026-03-28T08:00:00Z"));
    assertThat(next(daily, left.forNewDaemon(NOW, BEGUN, false), NOW).at().wall())
        .isEqualTo(Instant.parse("2026-03-29T08:00:00Z"));
    var span = Duration.ofHours(6);
    assertThat(next(every(span, true), left.forNewDaemon(NOW, BEGUN, true), NOW).isDue(NOW))
        .isTrue();
    assertThat(next(every(span, false), left.forNewDaemon(NOW, BEGUN, false), NOW).at())
        .isEqualTo(later(NOW, span));
  }

  @Test
  void chanceAddsTheSameDelayEachTimeItIsAsked() {
    var random =
        new Schedule(
            calendar("hourly").calendar(), List.of(), List.of(), Duration.ofMinutes(5), false);
    var past = Past.atStartup(NOW, BEGUN);
    var hour = NOON.plus(Duration.ofHours(1));
    var first = random.next(past, NOW, ZoneOffset.UTC, 1).orElseThrow();
    var again =
        random.next(past, later(NOW, Duration.ofMinutes(3)), ZoneOffset.UTC, 1).orElseThrow();
    assertThat(again).isEqualTo(first);
    assertThat(first.at().wall()).isBetween(hour, hour.plus(Duration.ofMinutes(5)));
    var other = random.next(past, NOW, ZoneOffset.UTC, 2).orElseThrow();
    assertThat(other).isNotEqualTo(first);
  }
}
