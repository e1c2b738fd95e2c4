package org.usersvc.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The programs that tests run: those of the image, and the real ones of the system. */
final class Programs {
  static final String PATH = System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin";

  private static @Nullable Path copy;

  private Programs() {}

  private static Path image() {
    String image = System.getProperty("usersvc.image");
    if (image == null) {
      throw new AssertionError("the system property usersvc.image is not set");
    }
    return Path.of(image);
  }

  static String image(String name) {
    return existing(image().resolve("bin").resolve(name));
  }

  /** What logins run of the image. */
  static String login(String name) {
    return existing(image().resolve("lib/usersvc").resolve(name));
  }

  /** A launcher where other users can execute it, which a home directory may not let them. */
  static synchronized String imageForAnybody(String name) throws IOException {
    var found = copy;
    if (found == null) {
      found = isOpen(image().toRealPath()) ? image() : copyOf(image());
      copy = found;
    }
    return existing(found.resolve("bin").resolve(name));
  }

  private static boolean isOpen(Path path) throws IOException {
    for (@Nullable Path at = path; at != null; at = at.getParent()) {
      var permissions = Files.getPosixFilePermissions(at);
      if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  private static Path copyOf(Path image) throws IOException {
    var fresh = Files.createTempDirectory("usersvc-image-");
    Ran.of("chmod", "755", fresh.toString()).expect(0);
    Ran.of("cp", "-a", image.toString(), fresh + "/image").expect(0);
    removeAtExit(fresh);
    return fresh.resolve("image");
  }

  /** Removes a directory when all tests are over. */
  static void removeAtExit(Path directory) {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(directory.toString())));
  }

  private static void remove(String directory) {
    try {
      Ran.of("rm", "-rf", directory);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** A program in PATH; one that is missing fails the test. */
  static String system(String name) {
    return Arrays.stream(PATH.split(":", -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not installed"))
        .toString();
  }

  private static String existing(Path program) {
    if (!Files.isExecutable(program)) {
      throw new AssertionError(program + " is not there: make image");
    }
    return program.toString();
  }
}
