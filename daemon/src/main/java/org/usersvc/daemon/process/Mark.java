package org.usersvc.daemon.process;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * The mark in the environment of each process that the daemon starts for a service: {@code
 * USERSVC_SERVICE=ID/PROGRAM@TIME}. It identifies the process when all else is lost. Its children
 * have the same mark, but were not started at that time.
 *
 * @param process a text that names a process of a service: {@code 801-2f} or {@code 801-2f-log}
 * @param program its script, without {@code ./}: {@code run}, {@code control/t}
 * @param time when it was to be started, in clock ticks since boot
 */
public record Mark(String process, String program, long time) {
  private static final String START = Environment.MARK + "=";

  /** The longest time that a start may take, in clock ticks. */
  private static final long LONGEST_START = 300;

  /** The part of a mark that does not depend on the time. */
  public static String name(String process, String program) {
    return process + "/" + program;
  }

  /** The variable for a process that is started at that time. */
  public static String text(String name, long time) {
    return START + name + "@" + time;
  }

  /** The mark in the content of {@code /proc/PID/environ}, null if there is none. */
  public static @Nullable Mark in(byte[] environ) {
    for (int from = 0; from < environ.length; from = endOf(environ, from) + 1) {
      if (startsAt(environ, from)) {
        int first = from + START.length();
        var value = new byte[endOf(environ, from) - first];
        System.arraycopy(environ, first, value, 0, value.length);
        return parse(NativeText.decode(value));
      }
    }
    return null;
  }

  private static boolean startsAt(byte[] environ, int from) {
    boolean same = environ.length - from >= START.length();
    for (int i = 0; same && i < START.length(); i++) {
      same = environ[from + i] == START.charAt(i);
    }
    return same;
  }

  private static int endOf(byte[] environ, int from) {
    int at = from;
    while (at < environ.length && environ[at] != 0) {
      at++;
    }
    return at;
  }

  private static @Nullable Mark parse(String value) {
    int slash = value.indexOf('/');
    int time = value.lastIndexOf('@');
    if (slash < 0 || time < slash) {
      return null;
    }
    try {
      long ticks = Long.parseLong(value.substring(time + 1));
      return new Mark(value.substring(0, slash), value.substring(slash + 1, time), ticks);
    } catch (NumberFormatException ignored) { // another program has written it
      return null;
    }
  }

  /**
   * Whether a process with this mark was given it, and is not a later child of that process.
   *
   * @param start when the process was started, in clock ticks since boot
   */
  public boolean isOfProcessStartedAt(long start) {
    return start >= time && start - time <= LONGEST_START;
  }
}
