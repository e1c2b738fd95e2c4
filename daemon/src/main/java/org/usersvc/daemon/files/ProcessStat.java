package org.usersvc.daemon.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process as {@code /proc/PID/stat} shows it. The name is left out: the process chooses it, and
 * it may have any content.
 *
 * @param state {@code R}, {@code S}, {@code Z} for a process that has ended and is not reaped (or
 *     only its first thread has ended)
 * @param parent 0 if it is not visible from here
 * @param group the process that began its process group; it may have ended
 * @param session the process that began its session; it may have ended
 * @param tty device number of its terminal, 0 for none
 * @param startTime when it began, in clock ticks since boot; with the pid and the boot it
 *     identifies a process for ever
 * @param image a number for where its program, arguments and environment lie in memory: another one
 *     after the next execution of a program; 0 if they are hidden from us
 * @param exitCode the wait status of a process that has ended; other users see 0
 */
public record ProcessStat(
    char state,
    int parent,
    int group,
    int session,
    int tty,
    long startTime,
    long image,
    int exitCode) {
  private static final int MOST = 4096;
  private static final int MOST_CHILDREN = 1 << 20;

  /** Indices after the name, which is field 2 of proc_pid_stat(5). */
  private static final int STATE = 0;

  private static final int PARENT = 1;
  private static final int GROUP = 2;
  private static final int SESSION = 3;
  private static final int TTY = 4;
  private static final int START_TIME = 19;
  private static final int CODE = 23;
  private static final int ARGUMENTS = 45;
  private static final int ENVIRONMENT = 47;
  private static final int ENVIRONMENT_END = 48;
  private static final int EXIT_CODE = 49;

  /** All visible processes. */
  public static List<Integer> pids(FileSystem files) throws FileFault {
    var pids = new ArrayList<Integer>();
    for (String name : files.list(FileSystem.ABSOLUTE, "/proc")) {
      if (Character.isDigit(name.charAt(0))) {
        pids.add(Integer.parseInt(name));
      }
    }
    return pids;
  }

  /**
   * The children of the first thread of that process, among them all orphans that it adopts; all
   * processes if the kernel lists no children. The list is complete as long as only the caller
   * reaps them.
   */
  public static List<Integer> orphansOf(FileSystem files, int pid) throws FileFault {
    try {
      String path = "/proc/" + pid + "/task/" + pid + "/children";
      var children = new ArrayList<Integer>();
      String text = new String(files.read(FileSystem.ABSOLUTE, path, MOST_CHILDREN), ISO_8859_1);
      for (String child : text.strip().split(" ", -1)) {
        if (!child.isEmpty()) {
          children.add(Integer.parseInt(child));
        }
      }
      return children;
    } catch (FileFault ignored) { // a kernel without CONFIG_PROC_CHILDREN
      return pids(files);
    }
  }

  /** Reads one process; null if there is none, or it is hidden from us. */
  public static @Nullable ProcessStat of(FileSystem files, int pid) {
    try {
      return parse(files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/stat", MOST));
    } catch (FileFault ignored) { // it is gone
      return null;
    }
  }

  /** Parses the text; null if it is invalid or incomplete. */
  public static @Nullable ProcessStat parse(byte[] stat) {
    String text = new String(stat, ISO_8859_1);
    String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (text.indexOf(')') < 0 || fields.length <= EXIT_CODE || fields[STATE].length() != 1) {
      return null;
    }
    try {
      return new ProcessStat(
          fields[STATE].charAt(0),
          Integer.parseInt(fields[PARENT]),
          Integer.parseInt(fields[GROUP]),
          Integer.parseInt(fields[SESSION]),
          Integer.parseInt(fields[TTY]),
          Long.parseLong(fields[START_TIME]),
          image(fields),
          Integer.parseInt(fields[EXIT_CODE]));
    } catch (NumberFormatException ignored) { // the kernel writes nothing like it
      return null;
    }
  }

  private static long image(String[] fields) {
    long image = 0;
    for (int place : new int[] {CODE, ARGUMENTS, ENVIRONMENT, ENVIRONMENT_END}) {
      image = 31 * image + Long.parseUnsignedLong(fields[place]);
    }
    return image;
  }

  /** Whether it has ended but is not reaped; see {@link #state}. */
  public boolean isZombie() {
    return state == 'Z';
  }
}
