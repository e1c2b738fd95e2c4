package org.usersvc.systemd.syntax;

import java.util.Optional;
import org.usersvc.daemon.calendar.CalendarSpec;
import org.usersvc.daemon.calendar.TimeSpan;

/** Values that are calendar events or time spans. */
public final class Times {
  private Times() {}

  /** A calendar event. */
  public static Parsed<CalendarSpec> calendar(String text) {
    return parsed(
        text, CalendarSpec.parse(text), "calendar event; write one such as \"Mon *-*-* 12:00\"");
  }

  /** A time span; a number without a unit means seconds. */
  public static Parsed<TimeSpan> span(String text) {
    return span(text, TimeSpan.SECOND);
  }

  /**
   * A time span.
   *
   * @param unit what a number without a unit means, in microseconds
   */
  public static Parsed<TimeSpan> span(String text, long unit) {
    return parsed(
        text,
        TimeSpan.parse(text, unit),
        "time span; write one such as \"5min 20s\" or \"infinity\"");
  }

  private static <T> Parsed<T> parsed(String text, Optional<T> value, String expected) {
    return value
        .map(Parsed::of)
        .orElseGet(() -> Parsed.warning(Flaw.shown(text) + " is no " + expected));
  }
}
