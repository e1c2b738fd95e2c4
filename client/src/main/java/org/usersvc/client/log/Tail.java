package org.usersvc.client.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The start of the last lines of a log directory. Files are read from their ends, so that their
 * size does not matter.
 *
 * @param lines how many there are from there on
 */
record Tail(Place place, long lines) {
  private static final int BLOCK = 64 * 1024;
  private static final int FIRST_BLOCK = 8 * 1024;

  /**
   * Finds the last {@code most} lines that do not start before {@code floor}.
   *
   * @param parts whether a rest after the last newline of {@code current} is a line
   */
  static Tail find(LogFiles files, Place floor, long most, boolean parts) throws IOException {
    long left = most;
    for (int i = files.last(); i >= floor.file(); i--) {
      @Nullable FileChannel channel = files.open(i);
      if (channel == null) {
        continue;
      }
      try {
        long from = i == floor.file() ? floor.offset() : 0;
        var back = new Back(channel, from, channel.size(), parts || i < files.last());
        if (left == 0) {
          return new Tail(new Place(i, back.end()), 0);
        }
        long start = back.start(left);
        left -= back.lines;
        if (left == 0) {
          return new Tail(new Place(i, start), most);
        }
      } finally {
        files.release(i, channel);
      }
    }
    return new Tail(floor, most - left);
  }

  /** The offset of the last line of a file, whether it has its newline or not. */
  static long lastLine(FileChannel channel) throws IOException {
    return new Back(channel, 0, channel.size(), true).start(1);
  }

  /** One file, read backwards. */
  private static final class Back {
    private final FileChannel channel;
    private final long from;
    private final boolean parts;
    private long end;
    private long lines;

    Back(FileChannel channel, long from, long end, boolean parts) {
      this.channel = channel;
      this.from = from;
      this.end = end;
      this.parts = parts;
    }

    /** The start of the next line; that of a part that is no line yet. */
    long end() throws IOException {
      byte[] last = {'\n'};
      read(last, end > from ? 1 : 0, end - 1);
      return parts || last[0] == '\n' ? end : new Back(channel, from, end, true).start(1);
    }

    /** The start of the last {@code most} lines, {@code from} if there are fewer. */
    long start(long most) throws IOException {
      boolean whole = parts;
      int length = FIRST_BLOCK;
      byte[] bytes = {};
      for (long top = end; top > from; ) {
        int count = (int) Math.min(length, top - from);
        bytes = bytes.length < count ? new byte[count] : bytes;
        read(bytes, count, top - count);
        for (int i = count - 1; i >= 0; i--) {
          if (bytes[i] != '\n') {
            continue;
          }
          long start = top - count + i + 1;
          if (whole && start < end && ++lines == most) {
            return start;
          }
          end = whole ? end : start;
          whole = true;
        }
        top -= count;
        length = BLOCK;
      }
      lines += whole && end > from ? 1 : 0;
      return from;
    }

    private void read(byte[] bytes, int count, long offset) throws IOException {
      var buffer = ByteBuffer.wrap(bytes, 0, count);
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {}
    }
  }
}
