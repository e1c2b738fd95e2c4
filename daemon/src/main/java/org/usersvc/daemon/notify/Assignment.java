package org.usersvc.daemon.notify;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;

/** The names that a message may assign to, and their values. */
enum Assignment {
  READY,
  RELOADING,
  STOPPING,
  MONOTONIC_USEC,
  STATUS,
  ERRNO,
  BUSERROR,
  MAINPID,
  WATCHDOG,
  WATCHDOG_USEC,
  EXTEND_TIMEOUT_USEC,
  BARRIER;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{1,20}");
  private static final Pattern BUS_ERROR =
      Pattern.compile("(?=.{1,255}$)[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)+");
  private static final String GREATEST = Long.toUnsignedString(-1);
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final int MOST_ERRNO = 4095;

  /** Null if it is none of these. */
  static @Nullable Assignment of(String name) {
    for (var assignment : values()) {
      if (assignment.name().equals(name)) {
        return assignment;
      }
    }
    return null;
  }

  boolean fits(String value) {
    return switch (this) {
      case READY, RELOADING, STOPPING, BARRIER -> value.equals("1");
      case MONOTONIC_USEC, WATCHDOG_USEC, EXTEND_TIMEOUT_USEC -> isMicros(value);
      case STATUS -> NativeText.isUtf8(value);
      case BUSERROR -> BUS_ERROR.matcher(value).matches();
      case ERRNO -> isNumber(value, 0, MOST_ERRNO);
      case MAINPID -> isNumber(value, 1, Integer.MAX_VALUE);
      case WATCHDOG -> value.equals("1") || value.equals("trigger");
    };
  }

  /** The expected value, for people. */
  String expected() {
    return switch (this) {
      case READY, RELOADING, STOPPING, BARRIER -> "only 1 has a meaning";
      case MONOTONIC_USEC, WATCHDOG_USEC, EXTEND_TIMEOUT_USEC ->
          "a number of microseconds is expected";
      case STATUS -> "text in UTF-8 is expected";
      case BUSERROR -> "the name of a D-Bus error is expected";
      case ERRNO -> "an error number from 0 to " + MOST_ERRNO + " is expected";
      case MAINPID -> "a pid is expected";
      case WATCHDOG -> "1 or trigger is expected";
    };
  }

  private static boolean isNumber(String value, long least, long most) {
    if (!NUMBER.matcher(value).matches()) {
      return false;
    }
    long number = Long.parseLong(value);
    return number >= least && number <= most;
  }

  private static boolean isMicros(String value) {
    return LONG_NUMBER.matcher(value).matches()
        && (value.length() < GREATEST.length() || value.compareTo(GREATEST) <= 0);
  }

  /** A time, 100 years at most: programs write the greatest number for never. */
  static Duration micros(String value) {
    long micros = Long.parseUnsignedLong(value);
    boolean beyond = micros < 0 || micros / 1_000_000 >= LONGEST.toSeconds();
    return beyond ? LONGEST : Duration.of(micros, ChronoUnit.MICROS);
  }
}
