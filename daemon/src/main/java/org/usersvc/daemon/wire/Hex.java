package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Hexadecimal digits, as addresses and authentication use them. */
final class Hex {
  private Hex() {}

  /** The byte of two digits, or -1 if they are no digits. */
  static int decode(String digits) {
    int high = Character.digit(digits.charAt(0), 16);
    int low = Character.digit(digits.charAt(1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** The text of pairs of digits, or an empty text if they are no digits. */
  static String decodeText(String digits) {
    var text = new StringBuilder();
    for (int i = 0; i + 2 <= digits.length(); i += 2) {
      int value = decode(digits.substring(i, i + 2));
      if (value < 0) {
        return "";
      }
      text.append((char) value);
    }
    return digits.length() % 2 == 0 ? text.toString() : "";
  }

  static String encodeText(String text) {
    var digits = new StringBuilder();
    for (byte b : text.getBytes(ISO_8859_1)) {
      digits.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return digits.toString();
  }
}
