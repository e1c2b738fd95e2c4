package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.usersvc.client.socket.NativeText;

/** Makes a directory, or a file, that appears complete or not at all. */
final class FreshDirectory {
  private static final String PRIVATE = "rwx------";
  private static final String OPEN = "rwxr-xr-x";
  private static final String SCRIPT = "rwxr-xr-x";
  private static final String PLAIN = "rw-r--r--";

  private FreshDirectory() {}

  /** Fills a directory that has a hidden name yet. */
  interface Filling {
    void into(Path directory) throws IOException;
  }

  /** Makes {@code place}, which must not exist; its parents may be missing. */
  static void make(Path place, Filling filling) throws IOException {
    Path parent = Files.createDirectories(parent(place));
    Path hidden =
        Files.createTempDirectory(
            parent,
            "." + place.getFileName() + ".",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
    try {
      filling.into(hidden);
      Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString(OPEN));
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(place.toString());
      }
      Files.move(hidden, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException fault) {
      delete(hidden);
      throw fault;
    }
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.getParent(), "a path has several steps");
  }

  /** Writes a file below a directory that is still hidden. */
  static void write(Path file, String content, boolean script) throws IOException {
    Files.createDirectories(parent(file));
    Files.write(file, NativeText.encode(content), StandardOpenOption.CREATE_NEW);
    String mode = script ? SCRIPT : PLAIN;
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  /** Puts a file in the place of another, or where none was. */
  static void replace(Path file, byte[] content, boolean script) throws IOException {
    Path parent = Files.createDirectories(parent(file));
    Path hidden = Files.createTempFile(parent, "." + file.getFileName() + ".", "");
    try {
      Files.write(hidden, content);
      String mode = script ? SCRIPT : PLAIN;
      Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString(mode));
      Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException fault) {
      Files.deleteIfExists(hidden);
      throw fault;
    }
  }

  /** Deletes it with all that is in it; what cannot be deleted stays. */
  static void delete(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> deepest = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepest) {
        Files.deleteIfExists(each);
      }
    } catch (IOException ignored) {
      // It has a hidden name, and the first fault is reported.
    }
  }
}
