package org.usersvc.client.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
 * The files of a log directory as they were at one moment, oldest first: those that were rotated,
 * and {@code current}, which is held open, so that it stays readable when it is rotated.
 */
final class LogFiles implements AutoCloseable {
  static final String CURRENT = "current";

  private static final int ATTEMPTS = 10;
  private static final int MAGIC_LENGTH = 4;
  private static final int GZIP = 0x1f8b;
  private static final int BZIP2 = 0x425a;
  private static final int XZ = 0xfd377a58;
  private static final int ZSTD = 0x28b52ffd;

  private final Path directory;
  private final String[] names;
  private final Path[] rotated;
  private final @Nullable FileChannel current;
  private final @Nullable Object key;
  private boolean leftOut;

  private LogFiles(
      Path directory,
      Map<String, Path> rotated,
      @Nullable FileChannel current,
      @Nullable Object key) {
    this.directory = directory;
    this.names = rotated.keySet().toArray(new String[0]);
    this.rotated = rotated.values().toArray(new Path[0]);
    this.current = current;
    this.key = key;
  }

  /** Looks again until nothing is rotated meanwhile. */
  static LogFiles open(Path directory) throws IOException {
    Map<String, Path> before = list(directory);
    for (int i = 1; ; i++) {
      @Nullable Object keyBefore = key(directory);
      @Nullable FileChannel current = existing(directory.resolve(CURRENT));
      @Nullable Object key = key(directory);
      Map<String, Path> after = list(directory);
      boolean same = before.equals(after) && Objects.equals(keyBefore, key);
      if ((same && (key == null) == (current == null)) || i == ATTEMPTS) {
        return new LogFiles(directory, after, current, key);
      }
      if (current != null) {
        current.close();
      }
      before = after;
    }
  }

  /** Which file {@code current} is now; null if there is none. */
  static @Nullable Object key(Path directory) {
    return keyOf(directory.resolve(CURRENT));
  }

  private static @Nullable Object keyOf(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException absent) {
      return null;
    }
  }

  /** Of a file that waits for svlogd's processor ({@code .u}) or has passed it ({@code .s}). */
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

  /** The index of {@code current}, also where there is none. */
  int last() {
    return rotated.length;
  }

  boolean isEmpty() {
    return rotated.length == 0 && current == null;
  }

  @Nullable Object key() {
    return key;
  }

  /** Whether a file was compressed, and so not opened. */
  boolean hasLeftOut() {
    return leftOut;
  }

  /** A file; the caller closes it. Null if it is gone, or is no text. */
  @Nullable FileChannel open(int index) throws IOException {
    if (index == rotated.length) {
      return current;
    }
    @Nullable FileChannel channel = existing(rotated[index]);
    if (channel == null) {
      channel = existing(directory.resolve(names[index] + ".s")); // the processor has been at it
    }
    if (channel != null && isCompressed(channel)) {
      leftOut = true;
      channel.close();
      return null;
    }
    return channel;
  }

  /** Closes what {@link #open(int)} gave; {@code current} stays open. */
  void release(int index, FileChannel channel) throws IOException {
    if (index < rotated.length) {
      channel.close();
    }
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

  /** When a file was written last, in nanoseconds since 1970; 0 if it is gone. */
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
   * that a processor has changed is known by its place: the first after those of {@code before}.
   */
  int indexAfter(LogFiles before) {
    for (int i = 0; i < rotated.length && before.key != null; i++) {
      if (before.key.equals(keyOf(rotated[i]))) {
        return i + 1;
      }
    }
    String newest = before.names.length == 0 ? "" : before.names[before.names.length - 1];
    int first = rotated.length;
    while (first > 0 && names[first - 1].compareTo(newest) > 0) {
      first--;
    }
    boolean complete = newest.isEmpty() || (first > 0 && names[first - 1].equals(newest));
    boolean processed = before.key != null && complete && first < rotated.length;
    return processed ? first + 1 : first;
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
