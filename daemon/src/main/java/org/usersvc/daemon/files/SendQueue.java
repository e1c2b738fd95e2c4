package org.usersvc.daemon.files;

import java.util.ArrayDeque;

/**
 * Bytes that wait until the other end takes them; it takes no memory while it is empty. <b>Loop
 * thread only.</b>
 */
public final class SendQueue {
  private static final int BLOCK = 4096;

  /** So much is sent at a time, so that a fast reader does not keep a turn from ending. */
  private static final int MOST_AT_ONCE = 1024 * 1024;

  private static final class Segment {
    private final byte[] bytes;
    private int start;
    private int end;

    Segment(byte[] bytes, int end) {
      this.bytes = bytes;
      this.end = end;
    }
  }

  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private int size;
  private int space;

  /** How many bytes wait. */
  public int size() {
    return size;
  }

  /** How many bytes of memory the queue takes. */
  public int space() {
    return space;
  }

  /** Adds the first {@code length} bytes, which must not change any more. */
  public void add(byte[] bytes, int length) {
    size += length;
    var last = segments.peekLast();
    if (last != null && last.bytes.length - last.end >= length) {
      append(last, bytes, length);
    } else if (length >= BLOCK / 4) {
      add(new Segment(bytes, length));
    } else {
      var fresh = new Segment(new byte[BLOCK], 0);
      add(fresh);
      append(fresh, bytes, length);
    }
  }

  private void add(Segment segment) {
    segments.add(segment);
    space += segment.bytes.length;
  }

  private static void append(Segment to, byte[] bytes, int length) {
    System.arraycopy(bytes, 0, to.bytes, to.end, length);
    to.end += length;
  }

  /**
   * Sends as much as the other end takes now, one MiB at most.
   *
   * @throws FileFault if there is no other end any more
   */
  public void send(LocalSockets sockets, int connection) throws FileFault {
    int left = MOST_AT_ONCE;
    for (var first = segments.peek(); first != null && left > 0; first = segments.peek()) {
      int sent = sockets.send(connection, first.bytes, first.start, first.end - first.start);
      if (sent == 0) {
        return;
      }
      left -= sent;
      size -= sent;
      first.start += sent;
      if (first.start == first.end) {
        space -= segments.remove().bytes.length;
      }
    }
  }
}
