package org.usersvc.systemd.elapse;

import java.time.Instant;
import java.util.Optional;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The file whose time is that of the last run of a persistent timer; it outlives the daemon and the
 * machine's start. <b>Loop thread only.</b>
 *
 * <p>Source: systemd.timer(5), {@code Persistent=}.
 */
final class Remembered {
  private static final int DIRECTORY = 0755;
  private static final int FILE = 0644;
  private static final long NANOS = 1_000_000_000L;

  private final Workplace place;
  private final UnitName timer;

  Remembered(Workplace place, UnitName timer) {
    this.place = place;
    this.timer = timer;
  }

  private Optional<String> directory() {
    var variables = place.environment().get().variables();
    String data = variables.getOrDefault("XDG_DATA_HOME", "");
    String home = variables.getOrDefault("HOME", "");
    if (data.startsWith("/")) {
      return Optional.of(data + "/systemd/timers");
    }
    return home.startsWith("/")
        ? Optional.of(home + "/.local/share/systemd/timers")
        : Optional.empty();
  }

  /** When the timer has run; empty if it never has. From then on the file is there. */
  Optional<Instant> begin() {
    var directory = directory();
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    try {
      var found = place.mechanisms().files().stat(FileSystem.ABSOLUTE, path(directory.get()));
      if (found == null) {
        touch();
        return Optional.empty();
      }
      var when = Instant.ofEpochSecond(found.written() / NANOS, found.written() % NANOS);
      if (!when.isAfter(place.mechanisms().turns().clock().wall())) {
        return Optional.of(when);
      }
      warn(path(directory.get()) + " is from the future, ignoring it");
    } catch (FileFault fault) {
      warn(String.valueOf(fault.getMessage()));
    }
    return Optional.empty();
  }

  /** The timer runs now. */
  void touch() {
    var directory = directory();
    if (directory.isPresent()) {
      try {
        place.mechanisms().files().makeDirectories(directory.get(), DIRECTORY);
        place
            .mechanisms()
            .files()
            .replace(FileSystem.ABSOLUTE, path(directory.get()), new byte[0], FILE);
      } catch (FileFault fault) {
        warn(fault.getMessage() + "; what it misses while it is down is not made up for");
      }
    }
  }

  private String path(String directory) {
    return directory + "/stamp-" + timer;
  }

  private void warn(String text) {
    place.warn().accept(timer + ": " + text);
  }
}
