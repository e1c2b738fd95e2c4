package org.usersvc.daemon.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the incoming bytes of a connection into messages. Skips a message that is too long; its
 * header names the sender, who gets an error.
 */
final class MessageStream {
  /** Longest message that is read; an environment has 2 MiB at most. */
  static final int MOST = 4 * 1024 * 1024;

  /** The limit of the protocol. */
  private static final int MOST_EVER = 128 * 1024 * 1024;

  private static final int MOST_HEADER = 64 * 1024;
  private static final int FIXED = 16;
  private static final int IDLE = 4096;

  private byte[] bytes = new byte[IDLE];
  private int start;
  private int end;
  private long toSkip;
  private @Nullable Incoming passedOver;
  private boolean hasSkipped;

  /** Its memory in bytes. */
  int space() {
    return bytes.length;
  }

  void add(byte[] more, int offset, int length) {
    int skipped = (int) Math.min(toSkip, length);
    toSkip -= skipped;
    if (end + length - skipped > bytes.length) {
      makeRoom(end - start + length - skipped);
    }
    System.arraycopy(more, offset + skipped, bytes, end, length - skipped);
    end += length - skipped;
  }

  /**
   * Moves the remaining bytes to the front of an array with room for {@code needed} bytes. The
   * array grows with the received bytes, not with the announced length.
   */
  private void makeRoom(int needed) {
    var target = needed > bytes.length ? new byte[Math.max(needed, 2 * bytes.length)] : bytes;
    System.arraycopy(bytes, start, target, 0, end - start);
    end -= start;
    start = 0;
    bytes = target;
  }

  /**
   * The next message, or null if it is not complete yet.
   *
   * @throws MalformedMessage if the bytes are no message; the connection is useless then
   */
  @Nullable Incoming next() throws MalformedMessage {
    if (toSkip > 0) {
      return null;
    }
    if (passedOver != null) {
      var message = passedOver;
      passedOver = null;
      return message;
    }
    if (end - start < FIXED) {
      shrink();
      return null;
    }
    checkBeginning();
    return cut(lengthOf(12), lengthOf(4));
  }

  private @Nullable Incoming cut(long fields, long body) throws MalformedMessage {
    long header = FIXED + (fields + 7 & ~7L);
    long total = header + body;
    if (total > MOST_EVER) {
      throw new MalformedMessage("it is longer than 128 MiB");
    }
    if (header > MOST_HEADER) {
      hasSkipped = true;
      skip(total);
      return next();
    }
    if (total > MOST) {
      return end - start < header ? null : passOver((int) header, total);
    }
    if (end - start < total) {
      return null;
    }
    var reader = reader((int) total);
    var message = Incoming.read(reader).withValues(reader);
    start += (int) total;
    return message;
  }

  private @Nullable Incoming passOver(int header, long total) throws MalformedMessage {
    passedOver =
        Incoming.read(reader(header)).exceeding("a message of " + total + " bytes is too long");
    skip(total);
    return next();
  }

  /** Whether a message was skipped since the last call of whose header nothing is known. */
  boolean takeSkipped() {
    boolean was = hasSkipped;
    hasSkipped = false;
    return was;
  }

  /** Whether no part of a message is here. */
  boolean isEmpty() {
    return start == end && toSkip == 0 && passedOver == null;
  }

  private void skip(long total) {
    int here = (int) Math.min(total, end - start);
    start += here;
    toSkip = total - here;
  }

  private long lengthOf(int at) {
    long value = 0;
    for (int i = 0; i < 4; i++) {
      int index = bytes[start] == 'B' ? i : 3 - i;
      value = value << 8 | (bytes[start + at + index] & 0xff);
    }
    return value;
  }

  /** Returns to a small array when it is empty. */
  private void shrink() {
    if (bytes.length > IDLE && end - start < IDLE) {
      bytes = Arrays.copyOf(Arrays.copyOfRange(bytes, start, end), IDLE);
      end -= start;
      start = 0;
    }
  }

  private void checkBeginning() throws MalformedMessage {
    boolean order = bytes[start] == 'l' || bytes[start] == 'B';
    if (!order || bytes[start + 1] == 0 || bytes[start + 3] != 1 || lengthOf(8) == 0) {
      throw new MalformedMessage("no message of D-Bus begins so");
    }
  }

  private WireReader reader(int length) {
    return new WireReader(bytes, start, start + length, bytes[start] == 'B');
  }
}
