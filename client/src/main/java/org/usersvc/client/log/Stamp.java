package org.usersvc.client.log;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads the time at the start of a line, in the forms that loggers write: TAI64N ({@code @} and 24
 * hexadecimal digits), UTC with {@code _} or {@code T} between date and time, and s6-log's local
 * time with a blank there. It holds its last result, so that a line costs no object.
 */
final class Stamp {
  /** The seconds that svlogd and multilog add to those since 1970. */
  static final int TAI_SECONDS = 10;

  static final long SECOND = 1_000_000_000L;

  private static final int TAI_LENGTH = 25;
  private static final int DATE_LENGTH = 10;
  private static final int TIME_LENGTH = 19;
  private static final long TAI_EPOCH = 1L << 62;
  private static final long LAST_SECOND = Long.MAX_VALUE / SECOND - 1;
  private static final long BLOCK_SECONDS = 900;

  private final ZoneId zone;
  private long offsetBlock = Long.MIN_VALUE;
  private long offset;
  private long nanos;
  private int textStart;

  /** {@code zone}: of stamps in local time. */
  Stamp(ZoneId zone) {
    this.zone = zone;
  }

  /** Nanoseconds since 1970. */
  long nanos() {
    return nanos;
  }

  /** Where the message begins; the start of the line if it has no stamp. */
  int textStart() {
    return textStart;
  }

  /**
   * Reads the stamp of a line.
   *
   * @return whether it has one
   */
  boolean read(byte[] bytes, int start, int end) {
    textStart = start;
    return isTai(bytes, start, end)
        ? readTai(bytes, start, end)
        : end - start >= TIME_LENGTH && bytes[start] <= '9' && readDate(bytes, start, end);
  }

  static boolean isTai(byte[] bytes, int start, int end) {
    return end - start >= TAI_LENGTH && bytes[start] == '@';
  }

  private boolean readTai(byte[] bytes, int start, int end) {
    long seconds = hex(bytes, start + 1, start + 17);
    long fraction = hex(bytes, start + 17, start + TAI_LENGTH);
    long unix = seconds - TAI_EPOCH - TAI_SECONDS;
    if (seconds < 0 || unix < 0 || unix > LAST_SECOND || fraction < 0 || fraction >= SECOND) {
      return false;
    }
    return take(unix * SECOND + fraction, bytes, start + TAI_LENGTH, end, 1);
  }

  /** Negative if it is no number, or too large. */
  private static long hex(byte[] bytes, int start, int end) {
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private boolean readDate(byte[] bytes, int start, int end) {
    int year = number(bytes, start, 4);
    int month = number(bytes, start + 5, 2);
    int day = number(bytes, start + 8, 2);
    int hour = number(bytes, start + 11, 2);
    int minute = number(bytes, start + 14, 2);
    int second = number(bytes, start + 17, 2);
    byte between = bytes[start + DATE_LENGTH];
    boolean form =
        bytes[start + 4] == '-'
            && bytes[start + 7] == '-'
            && (between == '_' || between == 'T' || between == ' ')
            && bytes[start + 13] == ':'
            && bytes[start + 16] == ':';
    boolean range = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0;
    boolean date = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    if (!form || !range || !date || second > 60 || year > 2261) {
      return false;
    }
    long seconds = days(year, month, day) * 86400 + hour * 3600L + minute * 60L + second;
    boolean local = between == ' ';
    return readFraction(local ? seconds - offsetAt(seconds) : seconds, bytes, start, end, local);
  }

  private boolean readFraction(long seconds, byte[] bytes, int start, int end, boolean local) {
    int at = start + TIME_LENGTH;
    long fraction = 0;
    if (at < end && bytes[at] == '.') {
      long unit = SECOND / 10;
      for (at++; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
        fraction += unit * (bytes[at] - '0');
        unit /= 10;
      }
    }
    if (at < end && bytes[at] == 'Z' && !local) {
      at++;
    }
    return take(seconds * SECOND + fraction, bytes, at, end, local ? 2 : 1);
  }

  /** A blank ends the stamp, or the line does. */
  private boolean take(long time, byte[] bytes, int stampEnd, int end, int blanks) {
    int at = stampEnd;
    while (at < end && bytes[at] == ' ' && at - stampEnd < blanks) {
      at++;
    }
    if (at == stampEnd && at < end) {
      return false;
    }
    nanos = time;
    textStart = at;
    return true;
  }

  /** Negative if these are not all digits. */
  private static int number(byte[] bytes, int start, int length) {
    int value = 0;
    for (int i = start; i < start + length; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** Days since 1970-01-01 of the Gregorian calendar, whose years here begin in March. */
  private static long days(int year, int month, int day) {
    int y = month > 2 ? year : year - 1;
    int sinceMarch = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * sinceMarch + 2) / 5 + day - 1;
    return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719468;
  }

  private long offsetAt(long localSeconds) {
    long block = localSeconds / BLOCK_SECONDS;
    if (block != offsetBlock) {
      var local = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
      offset = zone.getRules().getOffset(local).getTotalSeconds();
      offsetBlock = block;
    }
    return offset;
  }
}
