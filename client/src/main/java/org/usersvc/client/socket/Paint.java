package org.usersvc.client.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The colours of text for terminals, as usersvc(1) lists them. The daemon paints the first five.
 */
public enum Paint {
  NONE("0"),
  HEAD("1"),
  MINOR("2"),
  TROUBLE("31"),
  FINE("32"),
  ON_ITS_WAY("33"),
  NAME("36");

  private static final Paint[] ALL = values();

  private final String sequence;

  Paint(String code) {
    this.sequence = "\033[" + code + "m";
  }

  /** What makes a terminal use it from there on. */
  byte[] sequence() {
    return sequence.getBytes(US_ASCII);
  }

  /** Whether those bytes are one of the sequences, or begin one. */
  static boolean isBegunBy(byte[] bytes, int length) {
    for (Paint paint : ALL) {
      if (paint.begins(bytes, length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether those bytes are one of the sequences, the last of which is an m. */
  static boolean is(byte[] bytes, int length) {
    return bytes[length - 1] == 'm' && isBegunBy(bytes, length);
  }

  private boolean begins(byte[] bytes, int length) {
    boolean same = length <= sequence.length();
    for (int i = 0; same && i < length; i++) {
      same = bytes[i] == sequence.charAt(i);
    }
    return same;
  }
}
