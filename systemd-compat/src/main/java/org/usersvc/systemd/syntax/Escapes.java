package org.usersvc.systemd.syntax;

import java.io.ByteArrayOutputStream;
import org.usersvc.daemon.model.NativeText;

/** The escapes of systemd.syntax(7), table 1. */
final class Escapes {
  private static final String LETTERS = "abfnrtvs\\\"'";
  private static final String VALUES = "\u0007\b\f\n\r\t\u000b \\\"'";
  private static final int LAST_BYTE = 0xff;

  private Escapes() {}

  /** A text that is put together from characters and single bytes of UTF-8. */
  static final class Target {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(char c) {
      endBytes();
      text.append(c);
    }

    private void addPoint(int codePoint) {
      endBytes();
      text.appendCodePoint(codePoint);
    }

    private void addByte(int value) {
      bytes.write(value);
    }

    private void endBytes() {
      if (bytes.size() > 0) {
        text.append(NativeText.decode(bytes.toByteArray()));
        bytes.reset();
      }
    }

    /** What was added; stray bytes are as in {@link NativeText}. */
    String text() {
      endBytes();
      return text.toString();
    }
  }

  /**
   * Reads what follows a backslash and adds what it means.
   *
   * @param at where the letter after the backslash is, or would be
   * @return the number of characters read; 0 if it is no escape, then nothing was added
   */
  static int read(String text, int at, Target target) {
    if (at >= text.length()) {
      return 0;
    }
    char c = text.charAt(at);
    return switch (c) {
      case 'x' -> readByte(number(text, at + 1, 2, 16), 3, target);
      case 'u' -> readPoint(number(text, at + 1, 4, 16), 5, target);
      case 'U' -> readPoint(number(text, at + 1, 8, 16), 9, target);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> readByte(number(text, at, 3, 8), 3, target);
      default -> readLetter(c, target);
    };
  }

  private static int readLetter(char c, Target target) {
    int index = LETTERS.indexOf(c);
    if (index < 0) {
      return 0;
    }
    target.add(VALUES.charAt(index));
    return 1;
  }

  private static int readByte(long value, int length, Target target) {
    if (value < 1 || value > LAST_BYTE) {
      return 0;
    }
    target.addByte((int) value);
    return length;
  }

  private static int readPoint(long value, int length, Target target) {
    boolean isSurrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    if (value < 1 || value > Character.MAX_CODE_POINT || isSurrogate) {
      return 0;
    }
    target.addPoint((int) value);
    return length;
  }

  /** The number that so many digits make; -1 if there are too few, or others. */
  private static long number(String text, int at, int digits, int base) {
    if (at + digits > text.length()) {
      return -1;
    }
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, base) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * base + digit;
    }
    return value;
  }

  /** Writes a character as it stands inside double quotes. */
  static void write(StringBuilder quoted, int c) {
    int index = c == ' ' || c == '\'' ? -1 : VALUES.indexOf(c);
    if (index >= 0) {
      quoted.append('\\').append(LETTERS.charAt(index));
    } else if (c < ' ' || c == 0x7f || NativeText.isStray(c)) {
      int octet = c & LAST_BYTE;
      quoted.append("\\x");
      quoted.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
    } else {
      quoted.appendCodePoint(c);
    }
  }
}
