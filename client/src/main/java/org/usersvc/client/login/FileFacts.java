package org.usersvc.client.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of {@code stat(2)}. */
record FileFacts(int uid, String owner, int mode) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final int PERMISSIONS = 07777;
  private static final int WRITABLE_BY_OTHERS = 022;

  /** Of the target of the path, or of a link itself; null if there is none. */
  static @Nullable FileFacts of(Path path, LinkOption... links) throws IOException {
    try {
      Map<String, Object> facts = Files.readAttributes(path, "unix:uid,mode", links);
      int uid = (Integer) facts.getOrDefault("uid", -1);
      int mode = (Integer) facts.getOrDefault("mode", 0);
      return new FileFacts(uid, Files.getOwner(path, links).getName(), mode);
    } catch (NoSuchFileException absent) {
      return null;
    }
  }

  /**
   * Whether the file systems of those paths answer at all. A process may wait for one for ever, and
   * cannot be killed then; therefore stat(1) asks.
   */
  static boolean answers(String... paths) throws IOException {
    List<String> words = new ArrayList<>(List.of("stat"));
    words.addAll(List.of(paths));
    Process stat =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return stat.waitFor(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      stat.destroyForcibly();
    }
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  boolean isRegular() {
    return (mode & TYPE) == REGULAR;
  }

  boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  int permissions() {
    return mode & PERMISSIONS;
  }

  /** Why users other than the owner, who has to be that one, may change it; empty if none may. */
  String flaw(int wanted) {
    if (uid != wanted) {
      return "belongs to " + owner + "; chown root it";
    }
    return (mode & WRITABLE_BY_OTHERS) == 0
        ? ""
        : "has mode %04o, others may write to it; chmod go-w it".formatted(permissions());
  }
}
