package org.usersvc.client.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A daemon of this user, wherever its socket is, and also if nobody can find that any more: the
 * kernel tells the names of all sockets, and which of them a process has open.
 *
 * @param path of the control socket
 */
record RunningDaemon(long pid, String path) {
  private static final Path PROC = Path.of("/proc");

  /** The daemon makes its sockets under this name first. */
  private static final String FRESH = ".n";

  private static final String NAME = "usersvcd";

  /** Words of a line of {@code /proc/net/unix}: the inode, and the path where there is one. */
  private static final int INODE = 6;

  private static final int PATH = 7;

  /**
   * Looks for one.
   *
   * @param end of the path: the directory of the instance, and the name of the socket
   * @return null if there is none
   */
  static @Nullable RunningDaemon find(String end) {
    try {
      Map<String, String> sockets = sockets(end + FRESH);
      if (sockets.isEmpty()) {
        return null;
      }
      Object self = Files.getAttribute(PROC.resolve("self"), "unix:uid");
      try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
        for (Path process : all) {
          String path = isDaemon(process, self) ? socketOf(process, sockets) : null;
          if (path != null) {
            return new RunningDaemon(Long.parseLong(process.getFileName().toString()), path);
          }
        }
      }
    } catch (IOException ignored) {
      // Without /proc nothing is known of others.
    }
    return null;
  }

  private static Map<String, String> sockets(String end) throws IOException {
    Map<String, String> sockets = new HashMap<>();
    for (String line : Files.readAllLines(PROC.resolve("net/unix"), ISO_8859_1)) {
      if (line.endsWith(end)) {
        String[] words = line.trim().split(" +", PATH + 1);
        if (words.length > PATH) {
          String path = words[PATH].substring(0, words[PATH].length() - FRESH.length());
          sockets.put("socket:[" + words[INODE] + "]", path);
        }
      }
    }
    return sockets;
  }

  private static boolean isDaemon(Path process, Object uid) {
    try {
      return Files.getAttribute(process, "unix:uid").equals(uid)
          && Files.readString(process.resolve("comm"), ISO_8859_1).strip().equals(NAME);
    } catch (IOException ignored) {
      return false; // It has ended.
    }
  }

  private static @Nullable String socketOf(Path process, Map<String, String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        String path = sockets.get(targetOf(file));
        if (path != null) {
          return path;
        }
      }
    } catch (IOException ignored) {
      // It has ended.
    }
    return null;
  }

  private static String targetOf(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException ignored) {
      return ""; // It was closed.
    }
  }
}
