package org.usersvc.daemon.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The format of the stamp before each line. All times are UTC. */
public enum LogFormat {
  /** {@code 2026-11-23_17:28:20.12345}, as {@code svlogd -tt}. */
  SVLOGD,
  /** {@code @400000006b0479980db1bacc}, as {@code svlogd -t}. */
  TAI64N,
  /** {@code 2026-11-23T17:28:20.12345Z}. */
  ISO,
  /** No stamp. */
  NONE;

  private static final long TAI_EPOCH = (1L << 62) + 10; // svlogd knows no leap seconds

  /** The format that the file {@code log-format} of a service names; null if unknown. */
  public static @Nullable LogFormat named(String content) {
    return switch (content.strip()) {
      case "" -> SVLOGD;
      case "tai64n" -> TAI64N;
      case "iso" -> ISO;
      case "none" -> NONE;
      default -> null;
    };
  }

  /** The stamp of a line of that moment. */
  byte[] stamp(Instant now) {
    String text =
        switch (this) {
          case SVLOGD -> calendar(now, '_', " ");
          case ISO -> calendar(now, 'T', "Z ");
          case TAI64N -> tai64n(now) + " ";
          case NONE -> "";
        };
    return text.getBytes(US_ASCII);
  }

  /** Whether the stamp of a line says that it was written at that moment or later. */
  public static boolean isSince(String line, Instant moment) {
    for (var format : new LogFormat[] {SVLOGD, TAI64N, ISO}) {
      String stamp = new String(format.stamp(moment), US_ASCII);
      if (line.length() >= stamp.length() && format.fits(line)) {
        return line.substring(0, stamp.length()).compareTo(stamp) >= 0;
      }
    }
    return false;
  }

  /** Whether a line begins as its stamp does. */
  private boolean fits(String line) {
    return switch (this) {
      case SVLOGD -> line.charAt(10) == '_' && line.charAt(4) == '-';
      case ISO -> line.charAt(10) == 'T' && line.charAt(4) == '-';
      case TAI64N -> line.startsWith("@4");
      case NONE -> false;
    };
  }

  /** The label of 25 characters; it names rotated files, too. */
  static String tai64n(Instant now) {
    var label = new StringBuilder(25).append('@');
    hex(label, TAI_EPOCH + now.getEpochSecond(), 16);
    hex(label, now.getNano(), 8);
    return label.toString();
  }

  /** The label one nanosecond later; null if the text is no label, or the last possible one. */
  static @Nullable String after(String label) {
    try {
      long seconds = Long.parseUnsignedLong(label, 1, 17, 16);
      int nanos = Integer.parseUnsignedInt(label, 17, 25, 16);
      boolean carry = Integer.compareUnsigned(nanos, 999_999_998) > 0;
      if (carry && seconds == -1) {
        return null;
      }
      var next = new StringBuilder(25).append('@');
      hex(next, carry ? seconds + 1 : seconds, 16);
      hex(next, carry ? 0 : nanos + 1, 8);
      return next.toString();
    } catch (NumberFormatException notALabel) {
      return null;
    }
  }

  private static void hex(StringBuilder to, long value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      to.append(Character.forDigit((int) (value >>> shift) & 15, 16));
    }
  }

  private static String calendar(Instant now, char separator, String end) {
    var time = now.atOffset(ZoneOffset.UTC);
    var text = new StringBuilder(28);
    digits(text, time.getYear(), 4).append('-');
    digits(text, time.getMonthValue(), 2).append('-');
    digits(text, time.getDayOfMonth(), 2).append(separator);
    digits(text, time.getHour(), 2).append(':');
    digits(text, time.getMinute(), 2).append(':');
    digits(text, time.getSecond(), 2).append('.');
    return digits(text, time.getNano() / 10_000, 5).append(end).toString();
  }

  private static StringBuilder digits(StringBuilder to, int value, int width) {
    String text = Integer.toString(value);
    for (int i = text.length(); i < width; i++) {
      to.append('0');
    }
    return to.append(text);
  }
}
