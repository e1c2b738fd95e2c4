package org.usersvc.client.socket;

import java.io.IOException;

/**
 * Text for a stream, in which control characters are shown as {@code \xNN}, as {@link
 * NativeText#printable} does: C0 but tab and newline, and, if it is a terminal, DEL, C1 and stray
 * bytes. The colours of {@link Paint} pass if they are asked for. It comes in pieces of any size; a
 * newline ends every sequence.
 */
final class VisibleText {
  /** The stream. */
  interface Target {
    void write(byte[] bytes, int start, int length) throws IOException;
  }

  private static final int LONGEST = 5;
  private static final int[] LEAST = {0, 0, 0x80, 0x800, 0x10000};

  private final Target target;
  private final boolean terminal;
  private final byte[] part = new byte[LONGEST];
  private int parts;
  private boolean painted;

  VisibleText(Target target, boolean terminal) {
    this.target = target;
    this.terminal = terminal;
  }

  /** From now on the sequences of the palette pass. */
  void letPaintPass() {
    painted = true;
  }

  void write(byte[] bytes, int start, int length) throws IOException {
    int end = start + length;
    int from = start;
    for (int i = start; i < end; i++) {
      if (parts == 0 && isPlainAscii(bytes[i])) {
        continue;
      }
      target.write(bytes, from, i - from);
      from = i + 1;
      part[parts++] = bytes[i];
      settle();
    }
    target.write(bytes, from, end - from);
  }

  private static boolean isPlainAscii(byte b) {
    return (b >= ' ' && b < 0x7f) || b == '\t' || b == '\n';
  }

  /** Writes complete sequences, and those that will never be. */
  private void settle() throws IOException {
    while (parts > 0) {
      if (painted && Paint.isBegunBy(part, parts)) {
        if (Paint.is(part, parts)) {
          target.write(part, 0, parts);
          parts = 0;
        }
        return;
      }
      int wanted = wanted(part[0]);
      int tail = 1;
      while (tail < Math.min(wanted, parts) && (part[tail] & 0xc0) == 0x80) {
        tail++;
      }
      if (tail == parts && tail < wanted) {
        return;
      }
      int point = tail == wanted ? point(wanted) : -1;
      int used = point < 0 ? 1 : wanted;
      show(point, used);
      System.arraycopy(part, used, part, 0, parts - used);
      parts -= used;
    }
  }

  /** The length of the sequence with that first byte; 1 for a stray byte, too. */
  private static int wanted(byte first) {
    int b = first & 0xff;
    return b >> 5 == 6 ? 2 : b >> 4 == 14 ? 3 : b >> 3 == 30 ? 4 : 1;
  }

  /** The code point of the first bytes; negative: they are not UTF-8. */
  private int point(int length) {
    int point = length == 1 ? part[0] : part[0] & (0x7f >> length);
    for (int i = 1; i < length; i++) {
      point = (point << 6) | (part[i] & 0x3f);
    }
    boolean valid = point >= LEAST[length] && point <= Character.MAX_CODE_POINT;
    return valid && !(point >= 0xd800 && point < 0xe000) ? point : -1;
  }

  private void show(int point, int length) throws IOException {
    if (isPlain(point)) {
      target.write(part, 0, length);
      return;
    }
    int code = point < 0 ? part[0] & 0xff : point;
    byte[] shown = {'\\', 'x', hex(code >> 4), hex(code & 15)};
    target.write(shown, 0, shown.length);
  }

  /** A stray byte is negative. */
  private boolean isPlain(int point) {
    if (point >= 0 && point < ' ') {
      return point == '\t' || point == '\n';
    }
    boolean printed = point >= 0xa0 || (point >= ' ' && point < 0x7f);
    return printed || !terminal;
  }

  private static byte hex(int nibble) {
    return (byte) Character.forDigit(nibble, 16);
  }
}
