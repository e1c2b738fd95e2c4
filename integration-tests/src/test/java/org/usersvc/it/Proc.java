package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What /proc tells of processes. */
final class Proc {
  private Proc() {}

  static Path of(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }

  static boolean lives(long pid) {
    return Files.exists(of(pid, ""));
  }

  static void awaitGone(long pid) throws IOException {
    Await.until("the end of process " + pid, () -> !lives(pid));
  }

  /** One field of /proc/PID/status. */
  static String field(long pid, String name) throws IOException {
    return text(of(pid, "status"))
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  static int descriptors(long pid) throws IOException {
    try (var all = Files.list(of(pid, "fd"))) {
      return (int) all.count();
    }
  }

  /** Memory of its own that a process has, in KiB. */
  static long privateKib(long pid) throws IOException {
    return text(of(pid, "smaps_rollup"))
        .lines()
        .filter(line -> line.startsWith("Private_"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  /** Children that have ended and were not reaped. */
  static List<Long> zombiesOf(long parent) throws IOException {
    String wanted = Long.toString(parent);
    return pids(pid ->
        read(pid, "status").contains("\nState:\tZ")
            && read(pid, "status").contains("\nPPid:\t" + wanted + "\n"));
  }

  /** Processes with that HOME. */
  static List<Long> withHome(Path home) throws IOException {
    String entry = "\0HOME=" + home + "\0";
    return pids(pid -> ("\0" + read(pid, "environ")).contains(entry));
  }

  static String commandLine(long pid) {
    return read(pid, "cmdline").replace('\0', ' ').strip();
  }

  private static List<Long> pids(Predicate<Long> wanted) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .map(Long::valueOf)
          .filter(wanted)
          .toList();
    }
  }

  private static String read(long pid, String file) {
    try {
      return text(of(pid, file));
    } catch (IOException ignored) { // it has ended, or is another user's
      return "";
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }
}
