package org.usersvc.systemd.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.usersvc.daemon.calendar.CalendarSpec;
import org.usersvc.systemd.unit.TimerSettings.Base;

/** A world for timers that a test changes; it begins 1000 s after the start of the machine. */
final class FakeSituation {
  static final Instant BEGIN = Instant.parse("2026-03-10T12:30:00Z");
  private static final long SECOND = 1_000_000_000L;

  Instant wall = BEGIN;
  long seconds = 1000;
  ZoneId zone = ZoneId.of("UTC");
  OptionalLong unitActive = OptionalLong.empty();
  OptionalLong unitInactive = OptionalLong.empty();
  Duration chance = Duration.ZERO;
  boolean isStopping;

  Situation now() {
    return new Situation(
        new Moment(wall, seconds * SECOND),
        900 * SECOND,
        zone,
        unitActive,
        unitInactive,
        chance,
        isStopping);
  }

  void pass(long more) {
    seconds += more;
    wall = wall.plusSeconds(more);
  }

  /** The unit ran until now, and for so long. */
  void ran(long length) {
    unitActive = OptionalLong.of((seconds - length) * SECOND);
    unitInactive = OptionalLong.of(seconds * SECOND);
  }

  static TimerRules.Occasion after(Base base, long seconds) {
    return new TimerRules.After(base, Duration.ofSeconds(seconds));
  }

  static TimerRules.Occasion calendar(String text) {
    return new TimerRules.Calendar(CalendarSpec.parse(text).orElseThrow());
  }
}
