package org.usersvc.client.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The lines of an open file, from a place in it up to a limit, which may be moved on. A line longer
 * than {@link #LONGEST} comes in pieces. Does not close the file.
 */
final class LineFile {
  static final int LONGEST = 128 * 1024;

  private static final int SMALLEST_BLOCK = 8 * 1024;
  private static final int LARGEST_BLOCK = 64 * 1024;
  private static final byte[] NOTHING = {};

  private final FileChannel channel;
  private byte[] bytes = NOTHING;
  private int block = SMALLEST_BLOCK;
  private long read;
  private long limit;
  private int filled;
  private int start;
  private int end;
  private int next;

  LineFile(FileChannel channel, long offset, long limit) {
    this.channel = channel;
    this.read = offset;
    this.limit = limit;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  /** Without the newline. */
  int end() {
    return end;
  }

  /** Where the line starts in the file. */
  long offset() {
    return read - filled + start;
  }

  /** Makes added bytes readable; starts again if the file has been truncated. */
  void moveLimit(long size) {
    if (size < read) {
      read = 0;
      filled = 0;
      next = 0;
    }
    limit = size;
  }

  /**
   * Goes to the next line. {@code parts}: a rest after the last newline is a line too.
   *
   * @return whether there is one; else {@link #start} and {@link #end} mean nothing
   */
  boolean advance(boolean parts) throws IOException {
    start = next;
    int at = start;
    while (true) {
      while (at < filled && bytes[at] != '\n') {
        at++;
      }
      if (at < filled) {
        return take(at, at + 1);
      }
      if (at - start >= LONGEST) {
        return take(at, at);
      }
      at -= start;
      if (!fill()) {
        return (parts && filled > start) ? take(filled, filled) : release();
      }
      at += start;
    }
  }

  private boolean take(int lineEnd, int nextLine) {
    end = lineEnd;
    next = nextLine;
    return true;
  }

  /** Releases the buffer of a file that is only waited for. */
  private boolean release() {
    if (filled == start) {
      bytes = NOTHING;
      filled = 0;
      start = 0;
    }
    next = start;
    return false;
  }

  /** Reads more after the rest of the line; whether there was any. */
  private boolean fill() throws IOException {
    long left = limit - read;
    if (left <= 0) {
      return false;
    }
    int kept = filled - start;
    int wanted = (int) Math.min(left, block);
    if (kept + wanted > bytes.length || bytes.length == 0) {
      bytes = Arrays.copyOfRange(bytes, start, start + Math.max(kept + wanted, bytes.length));
    } else {
      System.arraycopy(bytes, start, bytes, 0, kept);
    }
    start = 0;
    next = 0;
    filled = kept;
    block = Math.min(2 * block, LARGEST_BLOCK);
    int count = channel.read(ByteBuffer.wrap(bytes, filled, wanted), read);
    if (count <= 0) {
      return false;
    }
    filled += count;
    read += count;
    return true;
  }
}
