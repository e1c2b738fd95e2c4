package org.usersvc.client.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The times of the lines of one log directory. s6-log counts leap seconds into its TAI64N stamps,
 * svlogd and multilog do not: if the newest stamp lies in the future of its file, s6-log has
 * written it.
 */
final class LineClock {
  private static final long LEAP_NANOS = 27 * Stamp.SECOND;
  private static final long LATE_NANOS = 5 * Stamp.SECOND;

  private final Stamp stamp;
  private boolean decided;
  private long correction;

  LineClock(ZoneId zone) {
    stamp = new Stamp(zone);
  }

  /** Like {@link Stamp#read}; {@code files}: those of the directory. */
  boolean read(LogFiles files, byte[] bytes, int start, int end) throws IOException {
    boolean stamped = stamp.read(bytes, start, end);
    if (stamped && !decided && Stamp.isTai(bytes, start, end)) {
      decided = true;
      correction = correction(files);
      stamp.read(bytes, start, end);
    }
    return stamped;
  }

  boolean readLine(LogFiles files, LineFile line) throws IOException {
    return read(files, line.bytes(), line.start(), line.end());
  }

  /** Nanoseconds since 1970, of the last stamp read. */
  long nanos() {
    return stamp.nanos() - correction;
  }

  int textStart() {
    return stamp.textStart();
  }

  private long correction(LogFiles files) throws IOException {
    for (int i = files.last(); i >= 0; i--) {
      @Nullable FileChannel channel = files.open(i);
      if (channel == null) {
        continue;
      }
      try {
        var last = new LineFile(channel, Tail.lastLine(channel), channel.size());
        if (last.advance(true) && stamp.read(last.bytes(), last.start(), last.end())) {
          return stamp.nanos() > files.modified(i) + LATE_NANOS ? LEAP_NANOS : 0;
        }
      } finally {
        files.release(i, channel);
      }
    }
    return 0;
  }
}
