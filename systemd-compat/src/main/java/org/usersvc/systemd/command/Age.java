package org.usersvc.systemd.command;

import org.usersvc.daemon.calendar.TimeSpan;

/** How long ago a moment was, or how long until it comes, in about two units. */
final class Age {
  private static final long MILLISECOND = TimeSpan.SECOND / 1000;
  private static final long MINUTE = 60 * TimeSpan.SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;
  private static final long MONTH = 2_629_800 * TimeSpan.SECOND;
  private static final long YEAR = 31_557_600 * TimeSpan.SECOND;

  /** From here on, a day is a unit of its own, and minutes are not said. */
  private static final long LONG_DAY = 25 * HOUR;

  private static final int FEW_HOURS = 6;
  private static final int FEW_MINUTES = 5;

  private Age() {}

  /** As {@code 3min 20s ago}; microseconds. */
  static String of(long then, long now) {
    return then <= now ? words(now - then, "ago") : words(then - now, "left");
  }

  private static String words(long span, String end) {
    return span == 0 ? "now" : words(span) + " " + end;
  }

  private static String words(long span) {
    if (span >= YEAR) {
      return named(span, YEAR, "year") + " " + named(span % YEAR, MONTH, "month");
    } else if (span >= MONTH) {
      return named(span, MONTH, "month") + " " + named(span % MONTH, DAY, "day");
    } else if (span >= WEEK) {
      return named(span, WEEK, "week") + " " + named(span % WEEK, DAY, "day");
    } else if (span >= 2 * DAY) {
      return named(span, DAY, "day");
    } else if (span >= LONG_DAY) {
      return "1 day " + (span - DAY) / HOUR + "h";
    }
    return ofOneDay(span);
  }

  private static String ofOneDay(long span) {
    if (span >= FEW_HOURS * HOUR) {
      return span / HOUR + "h";
    } else if (span >= HOUR) {
      return span / HOUR + "h " + span % HOUR / MINUTE + "min";
    } else if (span >= FEW_MINUTES * MINUTE) {
      return span / MINUTE + "min";
    } else if (span >= MINUTE) {
      return span / MINUTE + "min " + span % MINUTE / TimeSpan.SECOND + "s";
    } else if (span >= TimeSpan.SECOND) {
      return span / TimeSpan.SECOND + "s";
    }
    return span >= MILLISECOND ? span / MILLISECOND + "ms" : span + "us";
  }

  private static String named(long span, long unit, String name) {
    long count = span / unit;
    return count + " " + name + (count == 1 ? "" : "s");
  }
}
