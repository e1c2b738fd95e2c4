package org.usersvc.daemon.calendar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A time span. Immutable.
 *
 * <p>Source: systemd.time(7); the normal form is that of {@code systemd-analyze timespan} 252.
 *
 * @param micros microseconds, 0 or more; the largest number means infinity
 */
public record TimeSpan(long micros) implements Comparable<TimeSpan> {
  public static final TimeSpan ZERO = new TimeSpan(0);
  public static final TimeSpan INFINITY = new TimeSpan(Long.MAX_VALUE);

  /** What a number without a unit means in most settings: seconds. In microseconds. */
  public static final long SECOND = 1_000_000;

  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long MONTH = 2_629_800 * SECOND;
  private static final long YEAR = 31_557_600 * SECOND;

  /** The units of the normal form, the largest first. */
  private static final List<Unit> SHOWN =
      List.of(
          new Unit("y", YEAR, false),
          new Unit("month", MONTH, false),
          new Unit("w", 7 * DAY, false),
          new Unit("d", DAY, false),
          new Unit("h", HOUR, false),
          new Unit("min", MINUTE, false),
          new Unit("s", SECOND, true),
          new Unit("ms", 1000, true),
          new Unit("us", 1, false));

  private record Unit(String name, long micros, boolean hasFraction) {}

  /** A time span; a number without a unit means seconds. Empty if the text is none. */
  public static Optional<TimeSpan> parse(String text) {
    return parse(text, SECOND);
  }

  /**
   * A time span.
   *
   * @param unit what a number without a unit means, in microseconds
   */
  public static Optional<TimeSpan> parse(String text, long unit) {
    if (text.strip().equals("infinity")) {
      return Optional.of(INFINITY);
    }
    return Amount.parse(text, name -> name.isEmpty() ? (Long) unit : microsOf(name))
        .map(TimeSpan::new);
  }

  private static @Nullable Long microsOf(String unit) {
    return switch (unit) {
      case "usec", "us", "\u00b5s", "\u03bcs" -> 1L;
      case "msec", "ms" -> 1000L;
      case "seconds", "second", "sec", "s" -> SECOND;
      case "minutes", "minute", "min", "m" -> MINUTE;
      case "hours", "hour", "hr", "h" -> HOUR;
      case "days", "day", "d" -> DAY;
      case "weeks", "week", "w" -> 7 * DAY;
      case "months", "month", "M" -> MONTH;
      case "years", "year", "y" -> YEAR;
      default -> null;
    };
  }

  public boolean isInfinite() {
    return micros == INFINITY.micros;
  }

  /** The value of a D-Bus property of type {@code t}: infinity is all ones. */
  public long unsigned() {
    return isInfinite() ? -1 : micros;
  }

  /** The same span; that of infinity is about 292 271 years. */
  public Duration duration() {
    return Duration.ofSeconds(micros / SECOND, micros % SECOND * 1000);
  }

  @Override
  public int compareTo(TimeSpan other) {
    return Long.compare(micros, other.micros);
  }

  /** The normal form: {@code 5min 20s}. */
  @Override
  public String toString() {
    if (isInfinite()) {
      return "infinity";
    }
    if (micros == 0) {
      return "0";
    }
    var parts = new ArrayList<String>();
    long rest = micros;
    for (var unit : SHOWN) {
      long fraction = rest % unit.micros;
      if (rest < unit.micros) {
        continue;
      }
      boolean isDecimal = unit.hasFraction && fraction > 0;
      String decimals = isDecimal ? Long.toString(unit.micros + fraction).substring(1) : "";
      parts.add(rest / unit.micros + (isDecimal ? "." + decimals : "") + unit.name);
      rest = isDecimal ? 0 : fraction;
    }
    return String.join(" ", parts);
  }
}
