package org.usersvc.client.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first line of a log directory that is not older than a time. Lines without a stamp are
 * as old as their file.
 */
final class TimeSearch {
  private static final long NEAR = 64 * 1024;

  private final LogFiles files;
  private final LineClock clock;
  private final long since;

  /** {@code since}: nanoseconds since 1970. */
  TimeSearch(LogFiles files, LineClock clock, long since) {
    this.files = files;
    this.clock = clock;
    this.since = since;
  }

  /** The end of {@code current} if all lines are older. */
  Place find() throws IOException {
    Place found = new Place(files.last(), 0);
    for (int i = files.last(); i >= 0; i--) {
      @Nullable FileChannel channel = files.open(i);
      if (channel == null) {
        continue;
      }
      try {
        long size = channel.size();
        found = i == files.last() ? new Place(i, size) : found;
        if (size > 0 && !isOld(i, channel, size)) {
          found = new Place(i, 0);
        } else if (size > 0) {
          long offset = search(channel, size);
          return offset < size ? new Place(i, offset) : found;
        }
      } finally {
        files.release(i, channel);
      }
    }
    return found;
  }

  private boolean isOld(int file, FileChannel channel, long size) throws IOException {
    var line = new LineFile(channel, 0, size);
    boolean stamped = line.advance(true) && clock.readLine(files, line);
    return (stamped ? clock.nanos() : files.modified(file)) < since;
  }

  /** Halves the range that may hold it, then reads line by line. */
  private long search(FileChannel channel, long size) throws IOException {
    long old = 0;
    long young = size;
    while (young - old > NEAR) {
      long middle = old + (young - old) / 2;
      var line = new LineFile(channel, middle, size);
      boolean stamped = false;
      line.advance(true); // the rest of a line
      while (!stamped && line.advance(true) && line.offset() < young) {
        stamped = clock.readLine(files, line);
      }
      if (stamped && clock.nanos() < since) {
        old = line.offset();
      } else {
        young = middle;
      }
    }
    return scan(channel, old, size);
  }

  private long scan(FileChannel channel, long from, long size) throws IOException {
    var line = new LineFile(channel, from, size);
    while (line.advance(true)) {
      if (clock.readLine(files, line) && clock.nanos() >= since) {
        return line.offset();
      }
    }
    return size;
  }
}
