package org.usersvc.client.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files of a log directory as they were at one moment, oldest first: the rotated ones, and
 * {@code current}, which is held open, so that it stays readable when it is rotated. So is {@code
 * previous}, the name that s6-log and multilog use between {@code current} and the last one.
 */
final class LogFiles implements AutoCloseable {
  static final String CURRENT = "current";

  private static final String PREVIOUS = "previous";
  private static final String AFTER_ALL = "~";
  private static final int ATTEMPTS = 100;
  private static final int MAGIC_LENGTH = 4;
  private static final int GZIP = 0x1f8b;
  private static final int BZIP2 = 0x425a;
  private static final int XZ = 0xfd377a58;
  private static final int ZSTD = 0x28b52ffd;

  private final Path directory;
  private final String[] names;
  private final Path[] rotated;
  private final Held previous;
  private final Held current;
  private boolean leftOut;

  private LogFiles(Path directory, Map<String, Path> rotated, Held previous, Held current) {
    this.directory = directory;
    this.previous = previous;
    this.names = rotated.keySet().toArray(new String[0]);
    this.rotated = rotated.values().toArray(new Path[0]);
    this.current = current;
  }

  /** An open file and its identity; both null if there is none. */
  private record Held(@Nullable FileChannel channel, @Nullable Object key) {
    static Held open(Path file) throws IOException {
      return new Held(existing(file), keyOf(file));
    }

    /** Opens another one; on failure all are closed. */
    Held with(Path other) throws IOException {
      try {
        return open(other);
      } catch (IOException fault) {
        close();
        throw fault;
      }
    }

    boolean isThere() {
      return channel != null && channel.isOpen();
    }

    /** Whether the file has not been replaced since {@code before}, and was opened. */
    boolean isSettled(@Nullable Object before) {
      return Objects.equals(before, key) && (key == null) == (channel == null);
    }

    void close() throws IOException {
      if (channel != null) {
        channel.close();
      }
    }
  }

  /** For a directory that has gone. */
  static LogFiles none(Path directory) {
    var nothing = new Held(null, null);
    return new LogFiles(directory, Map.of(), nothing, nothing);
  }

  /** Lists again until no rotation interferes. */
  static LogFiles open(Path directory) throws IOException {
    Map<String, Path> before = list(directory);
    for (int i = 1; ; i++) {
      @Nullable Object previousKey = keyOf(directory.resolve(PREVIOUS));
      @Nullable Object key = key(directory);
      var previous = Held.open(directory.resolve(PREVIOUS));
      var current = previous.with(directory.resolve(CURRENT));
      Map<String, Path> after = listWith(directory, previous, current);
      boolean settled = previous.isSettled(previousKey) && current.isSettled(key);
      if ((settled && before.equals(after)) || i == ATTEMPTS) {
        addPrevious(directory, previous, after);
        return new LogFiles(directory, after, previous, current);
      }
      previous.close();
      current.close();
      before = after;
    }
  }

  /** Closes both files if the directory cannot be listed. */
  private static Map<String, Path> listWith(Path directory, Held previous, Held current)
      throws IOException {
    try {
      return list(directory);
    } catch (IOException fault) {
      previous.close();
      current.close();
      throw fault;
    }
  }

  /** Adds it, unless it has its last name too. */
  private static void addPrevious(Path directory, Held previous, Map<String, Path> rotated) {
    for (Path file : rotated.values()) {
      if (previous.isThere() && Objects.equals(previous.key(), keyOf(file))) {
        return;
      }
    }
    if (previous.isThere()) {
      rotated.put(AFTER_ALL, directory.resolve(PREVIOUS));
    }
  }

  /** The identity of the present {@code current}; null if there is none. */
  static @Nullable Object key(Path directory) {
    return keyOf(directory.resolve(CURRENT));
  }

  /** The identity of the file or directory at the path; null if none. */
  static @Nullable Object keyOf(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException absent) {
      return null;
    }
  }

  /** Includes files before ({@code .u}) and after ({@code .s}) svlogd's processor. */
  private static Map<String, Path> list(Path directory) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        boolean whole = name.startsWith("@") && name.endsWith(".s");
        if (whole || (name.startsWith("@") && name.endsWith(".u"))) {
          String stem = name.substring(0, name.length() - 2);
          if (whole || !files.containsKey(stem)) {
            files.put(stem, entry);
          }
        }
      }
    } catch (NoSuchFileException gone) {
      return new TreeMap<>();
    } catch (DirectoryIteratorException fault) {
      throw fault.getCause();
    }
    return files;
  }

  private static @Nullable FileChannel existing(Path file) throws IOException {
    try {
      return FileChannel.open(file);
    } catch (NoSuchFileException absent) {
      return null;
    }
  }

  /** The index of {@code current}, even if there is none. */
  int last() {
    return rotated.length;
  }

  boolean isEmpty() {
    return rotated.length == 0 && !current.isThere();
  }

  @Nullable Object key() {
    return current.key();
  }

  /** Whether a file was compressed, and so not opened. */
  boolean hasLeftOut() {
    return leftOut;
  }

  /** A file; the caller closes it. Null if it has gone, or is no text. */
  @Nullable FileChannel open(int index) throws IOException {
    if (isHeld(index)) {
      Held held = index == rotated.length ? current : previous;
      return held.isThere() ? held.channel() : null;
    }
    @Nullable FileChannel channel = existing(rotated[index]);
    if (channel == null) {
      channel = existing(directory.resolve(names[index] + ".s")); // the processor has replaced it
    }
    if (channel != null && isCompressed(channel)) {
      leftOut = true;
      channel.close();
      return null;
    }
    return channel;
  }

  /** Closes a file of {@link #open(int)}, unless it is held. */
  void release(int index, FileChannel channel) throws IOException {
    if (!isHeld(index)) {
      channel.close();
    }
  }

  private boolean isHeld(int index) {
    return index == rotated.length || names[index].equals(AFTER_ALL);
  }

  private static boolean isCompressed(FileChannel channel) throws IOException {
    var magic = ByteBuffer.allocate(MAGIC_LENGTH);
    if (channel.read(magic, 0) < MAGIC_LENGTH) {
      return false;
    }
    int start = magic.getInt(0);
    return start >>> 16 == GZIP || start == XZ || start == ZSTD || isBzip2(start);
  }

  private static boolean isBzip2(int start) {
    return start >>> 16 == BZIP2 && (start >> 8 & 0xff) == 'h';
  }

  /** When a file was last written, in nanoseconds since 1970; 0 if it has gone. */
  long modified(int index) {
    Path file = index == rotated.length ? directory.resolve(CURRENT) : rotated[index];
    try {
      return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
    } catch (IOException gone) {
      return 0;
    }
  }

  /**
   * The index of the first file that is newer than the {@code current} of {@code before}. A file
   * that a processor has changed is known by its position: the first after those of {@code before}.
   */
  int indexAfter(LogFiles before) {
    @Nullable Object key = before.key();
    for (int i = 0; i < rotated.length && key != null; i++) {
      if (key.equals(isHeld(i) ? previous.key() : keyOf(rotated[i]))) {
        return i + 1;
      }
    }
    int known = before.names.length;
    boolean unnamed = known > 0 && before.isHeld(known - 1);
    String newest = before.newest(unnamed ? known - 1 : known);
    int first = rotated.length;
    while (first > 0 && names[first - 1].compareTo(newest) > 0) {
      first--;
    }
    boolean complete = newest.isEmpty() || (first > 0 && names[first - 1].equals(newest));
    boolean processed = key != null && complete && first < rotated.length;
    return Math.min(first + (processed ? 1 : 0) + (unnamed ? 1 : 0), rotated.length);
  }

  private String newest(int count) {
    return count == 0 ? "" : names[count - 1];
  }

  /** For a reader that has read it, or leaves it out. */
  void closePrevious() throws IOException {
    previous.close();
  }

  @Override
  public void close() throws IOException {
    previous.close();
    current.close();
  }
}
