package org.usersvc.client.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.NativePath;
import org.usersvc.client.socket.NativeText;

/**
 * The lines of a log directory, in order over all files. An unreadable file ends them, and {@link
 * #fault} says why.
 */
final class LogReader implements AutoCloseable {
  private final LogSource source;
  private final @Nullable DaemonLines about;
  private final boolean follows;
  private final LineClock clock;
  private LogFiles files;
  private int index;
  private long offset;
  private @Nullable FileChannel channel;
  private @Nullable LineFile lines;
  private boolean started;
  private boolean stamped;
  private long time;
  private int textStart;

  /** So many of the next lines are left out. */
  private long skipped;

  private @Nullable String fault;

  private LogReader(LogSource source, ZoneId zone, boolean follows, LogFiles files) {
    this.source = source;
    this.about = source.about();
    this.follows = follows;
    this.clock = new LineClock(zone);
    this.files = files;
  }

  /** Knows whether a directory is the one being read, whatever its path. */
  @FunctionalInterface
  interface Identity {
    boolean isStill(Path directory) throws IOException;
  }

  /** {@code follows}: there will be a {@link #refresh}. */
  static LogReader open(LogSource source, ZoneId zone, boolean follows) throws IOException {
    return new LogReader(source, zone, follows, LogFiles.open(source.directory()));
  }

  /** Before the first line is read: starts at the first line that is not older. */
  void startSince(long nanos) throws IOException {
    startAt(new TimeSearch(files, clock, nanos).find());
  }

  /**
   * Before the first line is read: leaves out all but the last lines.
   *
   * @return how many there are
   */
  long startWithLast(long most) throws IOException {
    if (about != null) {
      long there = count(about);
      skipped = Math.max(0, there - most);
      return there - skipped;
    }
    Tail tail = Tail.find(files, new Place(index, offset), most, !follows);
    startAt(tail.place());
    return tail.lines();
  }

  private long count(DaemonLines wanted) throws IOException {
    long count = 0;
    for (int i = index; i <= files.last(); i++) {
      @Nullable FileChannel file = files.open(i);
      if (file == null) {
        continue;
      }
      try {
        var each = new LineFile(file, i == index ? offset : 0, file.size());
        while (each.advance(i < files.last() || !follows)) {
          clock.readLine(files, each);
          count += wanted.find(each.bytes(), clock.textStart(), each.end()) ? 1 : 0;
        }
      } finally {
        files.release(i, file);
      }
    }
    return count;
  }

  private void startAt(Place place) {
    index = place.file();
    offset = place.offset();
  }

  LogSource source() {
    return source;
  }

  /** Of the service that the line is about. */
  String name() {
    return about == null ? source.name() : about.label();
  }

  /** Whether the daemon has written the line, and a service is what it is about. */
  boolean isOfDaemon() {
    return about != null;
  }

  Path directory() {
    return source.directory();
  }

  boolean hasLeftOut() {
    return files.hasLeftOut();
  }

  /** The reason why it has ended too early; null if it has not. */
  @Nullable String fault() {
    return fault;
  }

  /** The same as a message. */
  String complaint() {
    return "%s: cannot read %s: %s"
        .formatted(
            NativeText.printable(source.name()),
            NativeText.printable(NativePath.text(directory())),
            fault);
  }

  /** Of the line, in nanoseconds since 1970. */
  long time() {
    return time;
  }

  byte[] bytes() {
    return Objects.requireNonNull(lines).bytes();
  }

  /** Where its message starts. */
  int start() {
    return textStart;
  }

  int end() {
    return Objects.requireNonNull(lines).end();
  }

  /** Goes to the next line, if there is one now. */
  boolean advance() {
    started = true;
    try {
      return fault == null && next();
    } catch (IOException e) {
      fail(e);
      return false;
    }
  }

  /** Holds no file open after a failure: a directory with an open file never goes for good. */
  private void fail(IOException e) {
    fault = reason(e);
    close();
  }

  /** The words of strerror(3), although the JDK uses exception types for some errors. */
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "No such file or directory";
      case AccessDeniedException _ -> "Permission denied";
      case NotDirectoryException _ -> "Not a directory";
      case FileSystemException file when file.getReason() != null ->
          String.valueOf(file.getReason());
      case FileSystemException _ -> "Input/output error";
      default -> Objects.requireNonNullElse(e.getMessage(), "Input/output error");
    };
  }

  private boolean next() throws IOException {
    while (lines != null || openNext()) {
      LineFile file = Objects.requireNonNull(lines);
      boolean last = index == files.last();
      if (file.advance(!last || !follows)) {
        readTime(file);
        if (isWanted(file)) {
          return true;
        }
        continue;
      }
      if (last && follows) {
        return false;
      }
      closeFile();
      index++;
    }
    return false;
  }

  private boolean isWanted(LineFile line) {
    if (about == null) {
      return true;
    }
    if (!about.find(line.bytes(), textStart, line.end())) {
      return false;
    }
    textStart += about.nameLength();
    return skipped-- <= 0;
  }

  private boolean openNext() throws IOException {
    while (index <= files.last()) {
      channel = files.open(index);
      if (channel != null) {
        time = before(channel);
        stamped = time > 0;
        time = stamped ? time : files.modified(index);
        lines = new LineFile(channel, Math.min(offset, channel.size()), channel.size());
        offset = 0;
        return true;
      }
      if (index == files.last()) {
        return false;
      }
      index++;
      offset = 0;
    }
    return false;
  }

  /** The time of the lines before {@link #offset}, 0 if none is near. */
  private long before(FileChannel file) throws IOException {
    if (offset == 0) {
      return 0;
    }
    var first = new LineFile(file, offset, file.size());
    if (!first.advance(true) || clock.readLine(files, first)) {
      return 0;
    }
    long found = 0;
    var near = new LineFile(file, Math.max(0, offset - LineFile.LONGEST), offset);
    while (near.advance(true)) {
      found = clock.readLine(files, near) ? clock.nanos() : found;
    }
    return found;
  }

  private void readTime(LineFile line) throws IOException {
    boolean found = clock.readLine(files, line);
    stamped |= found;
    time = found ? clock.nanos() : time;
    textStart = clock.textStart();
  }

  /**
   * Makes added lines and rotated files readable; all was read before. It closes all files of a
   * directory that has gone, as they would keep the directory, and its watch, alive.
   */
  void refresh(Identity identity) {
    try {
      if (started && fault == null) {
        look(identity);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void look(Identity identity) throws IOException {
    boolean same = lines != null && Objects.equals(LogFiles.key(directory()), files.key());
    if (lines != null && channel != null) {
      lines.moveLimit(channel.size());
    }
    if (same) {
      time = stamped ? time : files.modified(index);
      return;
    }
    LogFiles fresh = LogFiles.open(directory());
    if (!isStill(identity, fresh)) {
      fresh.close(); // another directory is there now, which has a reader of its own
      fresh = LogFiles.none(directory());
    }
    files.closePrevious();
    index = fresh.indexAfter(files) - (lines == null ? 0 : 1);
    offset = 0;
    files = fresh;
  }

  private boolean isStill(Identity identity, LogFiles fresh) throws IOException {
    try {
      return identity.isStill(directory());
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
  }

  private void closeFile() throws IOException {
    if (channel != null) {
      channel.close();
    }
    channel = null;
    lines = null;
  }

  @Override
  public void close() {
    try {
      closeFile();
      files.close();
    } catch (IOException ignored) {
      // The file was only read.
    }
  }
}
