package org.usersvc.daemon.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The check sum of a line, its last member: {@code ,"sum":"01234567"}, over all before it. The line
 * is a JSON object with it and without it.
 */
final class Sum {
  private static final byte[] START = ",\"sum\":\"".getBytes(US_ASCII);
  private static final byte[] END = "\"}".getBytes(US_ASCII);
  private static final int DIGITS = 8;
  private static final int HEX = 16;
  private static final int LENGTH = START.length + DIGITS + END.length;

  private Sum() {}

  /**
   * The object with its sum.
   *
   * @param object a nonempty JSON object, ASCII, without a sum
   */
  static byte[] added(byte[] object) {
    int length = object.length - 1;
    var line = Arrays.copyOf(object, length + LENGTH);
    System.arraycopy(START, 0, line, length, START.length);
    byte[] digits = digits(object, length);
    System.arraycopy(digits, 0, line, length + START.length, DIGITS);
    System.arraycopy(END, 0, line, length + START.length + DIGITS, END.length);
    return line;
  }

  private static byte[] digits(byte[] bytes, int length) {
    var sum = new CRC32();
    sum.update(bytes, 0, length);
    var digits = new byte[DIGITS];
    for (int i = 0; i < DIGITS; i++) {
      long four = (sum.getValue() >>> (4 * (DIGITS - 1 - i))) & 0xf;
      digits[i] = (byte) Character.forDigit((int) four, HEX);
    }
    return digits;
  }

  /** Whether there is a sum, right or wrong. */
  static boolean isIn(byte[] line) {
    int at = line.length - LENGTH;
    return at > 0
        && Arrays.equals(line, at, at + START.length, START, 0, START.length)
        && Arrays.equals(line, line.length - END.length, line.length, END, 0, END.length);
  }

  /** Whether there is a right sum. */
  static boolean isRight(byte[] line) {
    int at = line.length - LENGTH;
    return isIn(line)
        && Arrays.equals(
            digits(line, at), 0, DIGITS, line, at + START.length, at + START.length + DIGITS);
  }
}
