package org.usersvc.client.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A daemon of this user, wherever its socket is, even if its name has gone: the kernel lists the
 * names of all sockets, and those that a process has open.
 *
 * @param path of the control socket, null if it has none: it is starting, or about to end
 */
public record RunningDaemon(long pid, @Nullable String path) {
  private static final Path PROC = Path.of("/proc");

  /** The daemon makes its sockets under this name first. */
  private static final String FRESH = ".n";

  private static final String NAME = "usersvcd";

  private static final String CONTROL = "/control";

  private static final String USUAL = "usersvc";

  /** Positions in a line of {@code /proc/net/unix}: the inode, and the path if there is one. */
  private static final int INODE = 6;

  private static final int PATH = 7;

  /**
   * Looks for one, preferably with a socket.
   *
   * @param end of the path: the directory of the instance, and the name of the socket
   * @param instance empty for the usual one
   * @return null if there is none
   */
  static @Nullable RunningDaemon find(String end, String instance) {
    @Nullable RunningDaemon starting = null;
    try {
      Map<String, String> sockets = sockets(end + FRESH);
      Object self = Files.getAttribute(PROC.resolve("self"), "unix:uid");
      try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
        for (Path process : all) {
          if (isDaemon(process, self)) {
            String path = socketOf(process, sockets);
            long pid = Long.parseLong(process.getFileName().toString());
            if (path != null) {
              return new RunningDaemon(pid, path);
            }
            if (isOfInstance(process, instance)) {
              starting = new RunningDaemon(pid, null);
            }
          }
        }
      }
    } catch (IOException ignored) {
      // Without /proc no other process is visible.
    }
    return starting;
  }

  /** All of this user that are visible, by pid. */
  public static List<RunningDaemon> all() {
    List<RunningDaemon> all = new ArrayList<>();
    try {
      Map<String, String> sockets = sockets(CONTROL + FRESH);
      Object self = Files.getAttribute(PROC.resolve("self"), "unix:uid");
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
        for (Path process : processes) {
          if (isDaemon(process, self)) {
            long pid = Long.parseLong(process.getFileName().toString());
            all.add(new RunningDaemon(pid, socketOf(process, sockets)));
          }
        }
      }
    } catch (IOException ignored) {
      // Without /proc no other process is visible.
    }
    all.sort(Comparator.comparingLong(RunningDaemon::pid));
    return all;
  }

  /** Its directory in the runtime directory of the user; empty if it has none now. */
  public String runtime() {
    return path == null ? "" : path.substring(0, path.length() - CONTROL.length());
  }

  /** The runtime directory of the user. */
  public String base() {
    return runtime().substring(0, Math.max(runtime().lastIndexOf('/'), 0));
  }

  /** The name of its instance, empty for the usual one. */
  public String instance() {
    String directory = runtime().substring(runtime().lastIndexOf('/') + 1);
    return directory.startsWith(USUAL + "-") ? directory.substring(USUAL.length() + 1) : "";
  }

  /** Not one whose sockets are in another list than ours, nor a dead one. */
  private static boolean isOfInstance(Path process, String instance) {
    try {
      if (!targetOf(process.resolve("ns/net")).equals(targetOf(PROC.resolve("self/ns/net")))) {
        return false;
      }
      String line = Files.readString(process.resolve("cmdline"), ISO_8859_1);
      List<String> words = List.of(line.split("\0"));
      int option = words.indexOf("--instance");
      String named = option < 0 || option + 1 == words.size() ? "" : words.get(option + 1);
      return !line.isEmpty() && named.equals(instance);
    } catch (IOException ignored) {
      return false; // It has ended.
    }
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
