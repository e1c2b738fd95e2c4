package org.usersvc.daemon.servicedir;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.calendar.CalendarSpec;
import org.usersvc.daemon.calendar.TimeSpan;
import org.usersvc.daemon.schedule.Schedule;

/**
 * Reads the lines of {@code schedule}; {@code #} begins a comment. An invalid line is reported and
 * left out.
 */
final class ScheduleFile {
  private static final int MOST_LINES = 64;

  /** A service does not start by the clock more often. */
  private static final long SHORTEST = TimeSpan.SECOND;

  private static final String EXPECTED =
      "a calendar expression such as 'Mon..Fri 08:00' or 'hourly', every 15min, after 2min,"
          + " random 5min, or persistent";

  private final List<CalendarSpec> calendar = new ArrayList<>();
  private final List<Duration> every = new ArrayList<>();
  private final List<Duration> after = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private Duration random = Duration.ZERO;
  private boolean persistent;

  ScheduleFile(String text) {
    for (var line : SettingLine.all(text)) {
      String remedy = take(line.words());
      if (remedy != null && complaints.size() < SettingLine.MOST_COMPLAINTS) {
        complaints.add(line.complaint("schedule", remedy));
      }
    }
    if (calendar.isEmpty() && every.isEmpty() && after.isEmpty() && complaints.isEmpty()) {
      complaints.add(
          "schedule names no time, and the service starts by command only: write " + EXPECTED);
    }
  }

  Schedule schedule() {
    return new Schedule(calendar, every, after, random, persistent);
  }

  List<String> complaints() {
    return complaints;
  }

  /** The expected form of the line, null if it is valid. */
  private @Nullable String take(String line) {
    if (calendar.size() + every.size() + after.size() >= MOST_LINES) {
      return "left out: there are " + MOST_LINES + " times before it, and more do not count";
    }
    if (line.equals("persistent")) {
      persistent = true;
      return null;
    }
    String[] words = line.split("\\s+", 2);
    String span = words.length == 2 ? words[1] : "";
    return switch (words[0]) {
      case "every" ->
          take(span, SHORTEST, every) ? null : "every with a time of 1s or more: every 15min";
      case "after" -> take(span, 0, after) ? null : "after with a time: after 2min";
      case "random" -> takeRandom(span) ? null : "random with a time: random 5min";
      default -> takeCalendar(line) ? null : EXPECTED;
    };
  }

  private static boolean take(String text, long shortest, List<Duration> into) {
    var span = span(text).filter(found -> found.micros() >= shortest);
    span.ifPresent(found -> into.add(found.duration()));
    return span.isPresent();
  }

  private boolean takeRandom(String text) {
    var span = span(text);
    span.ifPresent(found -> random = found.duration());
    return span.isPresent();
  }

  private static Optional<TimeSpan> span(String text) {
    return TimeSpan.parse(text).filter(span -> !span.isInfinite());
  }

  private boolean takeCalendar(String text) {
    var spec = CalendarSpec.parse(text);
    spec.ifPresent(calendar::add);
    return spec.isPresent();
  }
}
