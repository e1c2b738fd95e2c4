package org.usersvc.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What /proc tells of processes. */
final class Proc {
  /** Num RefCount Protocol Flags Type St Inode Path. */
  private static final int UNIX_FIELDS = 8;

  private static final String LISTENING = "00010000";

  /** Of the kernel, wherever Java runs. */
  private static final int MILLIS_PER_TICK = 10;

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

  /**
   * What it has open that may leak: all that has no name, all that was removed, and a file that is
   * open already. A file or device that is there and opened once is none: the JVM, and parts of the
   * daemon, open theirs when they first need them.
   */
  static List<String> leakable(long pid) throws IOException {
    var leakable = new ArrayList<String>();
    var named = new HashSet<String>();
    for (var target : openFiles(pid)) {
      boolean isThere = target.startsWith("/") && !target.endsWith(" (deleted)");
      if (!target.isEmpty() && (!isThere || !named.add(target))) {
        leakable.add(target);
      }
    }
    return leakable;
  }

  static int threads(long pid) throws IOException {
    return Integer.parseInt(field(pid, "Threads"));
  }

  /** The session that it is in: the pid of the process that began it. */
  static long session(long pid) {
    return Long.parseLong(stat(pid)[3]);
  }

  static long parent(long pid) {
    return Long.parseLong(stat(pid)[1]);
  }

  /** When it began, in clock ticks since the start of the machine. */
  static String startTime(long pid) {
    return stat(pid)[19];
  }

  /** CPU time of all its threads so far. */
  static Duration cpu(long pid) {
    long ticks = Long.parseLong(stat(pid)[11]) + Long.parseLong(stat(pid)[12]);
    return Duration.ofMillis(ticks * MILLIS_PER_TICK);
  }

  /** /proc/PID/stat after the name of the program: state, parent, process group, session, … */
  private static String[] stat(long pid) {
    String line = read(pid, "stat");
    if (line.isEmpty()) {
      return ("X" + " 0".repeat(49)).split(" ", -1);
    }
    return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
  }

  /** Its user. */
  static int uid(long pid) throws IOException {
    return Integer.parseInt(field(pid, "Uid").split("\\s", -1)[0]);
  }

  /**
   * What its environment was at its start, as it was given to it; empty if it has ended. The kernel
   * shows none for the moment in which a process comes to execute another program.
   */
  static List<String> environment(long pid) throws IOException {
    String text =
        Await.answer(
            "the environment of " + pid,
            () -> read(pid, "environ"),
            it -> !it.isEmpty() || "ZX".contains(stat(pid)[0]));
    return Arrays.stream(text.split("\0", -1)).filter(entry -> !entry.isEmpty()).toList();
  }

  /** The addresses with that beginning on which a process listens. */
  static List<String> listensOn(long pid, String beginning) throws IOException {
    var own = sockets(pid);
    return text(of(pid, "net/unix"))
        .lines()
        .map(line -> line.strip().split("\\s+", UNIX_FIELDS))
        .filter(field -> field.length == UNIX_FIELDS && field[3].equals(LISTENING))
        .filter(field -> field[7].startsWith(beginning) && own.contains(field[6]))
        .map(field -> field[7])
        .toList();
  }

  /** The inodes of its sockets. */
  private static Set<String> sockets(long pid) throws IOException {
    var inodes = new HashSet<String>();
    for (var target : openFiles(pid)) {
      if (target.startsWith("socket:[")) {
        inodes.add(target.substring("socket:[".length(), target.length() - 1));
      }
    }
    return inodes;
  }

  /** The numbers of what it has open, in order. */
  static List<String> descriptorNumbers(long pid) throws IOException {
    try (var all = Files.list(of(pid, "fd"))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Where its descriptors lead to. */
  static List<String> openFiles(long pid) throws IOException {
    var targets = new ArrayList<String>();
    try (var all = Files.list(of(pid, "fd"))) {
      for (var descriptor : all.toList()) {
        targets.add(target(descriptor));
      }
    }
    return targets;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException ignored) { // it has just been closed
      return "";
    }
  }

  /**
   * Memory that a process has written to, in KiB. Pages of files do not count: those of the image
   * become its own, "Private_Clean", whenever the daemon of another test ends.
   */
  static long anonymousKib(long pid) throws IOException {
    return text(of(pid, "smaps_rollup"))
        .lines()
        .filter(line -> line.startsWith("Anonymous:"))
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

  /** Its children, as the kernel lists them. */
  static List<Long> childrenOf(long parent) throws IOException {
    var line = text(of(parent, "task/" + parent + "/children")).strip();
    return Arrays.stream(line.split(" ", -1))
        .filter(pid -> !pid.isEmpty())
        .map(Long::valueOf)
        .toList();
  }

  /** Processes with that HOME. */
  static List<Long> withHome(Path home) throws IOException {
    String entry = "\0HOME=" + home + "\0";
    return pids(pid -> ("\0" + read(pid, "environ")).contains(entry));
  }

  /** Processes that were started by these words. */
  static List<Long> withCommandLine(String words) throws IOException {
    return pids(pid -> commandLine(pid).equals(words));
  }

  static String commandLine(long pid) {
    return read(pid, "cmdline").replace('\0', ' ').strip();
  }

  /** Its working directory, if it lives. */
  static String directory(long pid) throws IOException {
    return target(of(pid, "cwd"));
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
