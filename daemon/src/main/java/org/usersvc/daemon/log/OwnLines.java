package org.usersvc.daemon.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;

/** The log of the daemon itself. Lines that cannot be written wait in memory, up to a bound. */
final class OwnLines {
  private static final String NAME = ".usersvcd";
  private static final int MOST = 256 * 1024;
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final LogContext desk;
  private final LineStamper stamper;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private @Nullable LogDirectory directory;
  private boolean troubled;
  private long dropped;

  OwnLines(LogContext desk) {
    this.desk = desk;
    this.stamper = new LineStamper(desk.buffers().out());
  }

  void add(String line) {
    byte[] text = NativeText.encode(line.stripTrailing().replace('\n', ' '));
    if (waiting.size() + text.length > MOST) {
      dropped++;
      return;
    }
    if (dropped > 0) {
      waiting.writeBytes(NativeText.encode("usersvcd: " + dropped + " lines dropped\n"));
      dropped = 0;
    }
    waiting.writeBytes(text);
    waiting.write('\n');
    if (!troubled) {
      write();
    }
  }

  private void write() {
    try {
      byte[] raw = waiting.toByteArray();
      int at = 0;
      while (at < raw.length) {
        at += writeSome(Arrays.copyOfRange(raw, at, raw.length));
      }
      waiting.reset();
      if (troubled) {
        troubled = false;
        desk.troubles().end(NAME, 0);
      }
    } catch (IOException fault) {
      if (!troubled) {
        troubled = true;
        desk.troubles().begin(NAME, fault);
      }
      desk.loop().timers().after(RETRY, this::write);
    }
  }

  private int writeSome(byte[] raw) throws IOException {
    var place = open();
    place.follow();
    place.prepare(stamper);
    int used = stamp(place, raw);
    if (used == 0) {
      place.rotate();
      place.prepare(stamper);
      used = stamp(place, raw);
    }
    place.append(desk.buffers().out(), stamper.length());
    stamper.commit();
    return used;
  }

  private int stamp(LogDirectory place, byte[] raw) {
    stamper.begin(LogFormat.SVLOGD.stamp(desk.loop().clock().wall()));
    return stamper.add(raw, raw.length, place.room(), place.size() == 0);
  }

  private LogDirectory open() throws IOException {
    if (directory == null) {
      directory = LogDirectory.open(desk.files(), desk.logs(), desk.tree(), NAME);
    }
    return directory;
  }

  /** Leaves the waiting lines to another one. */
  void leaveTo(OwnLines other) {
    close();
    other.waiting.writeBytes(waiting.toByteArray());
    waiting.reset();
  }

  void close() {
    if (directory != null) {
      directory.close();
      directory = null;
    }
  }
}
