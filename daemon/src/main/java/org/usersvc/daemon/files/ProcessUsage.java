package org.usersvc.daemon.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.NativeText;

/**
 * What one process uses, from {@code /proc/PID}. Immutable.
 *
 * @param cpu the time that its own threads have computed
 * @param memoryKib the memory that it has in RAM, with what it shares with others
 * @param command its command line, native text; its short name if it has none
 */
public record ProcessUsage(int pid, Duration cpu, long memoryKib, String command) {
  private static final int MOST = 4096;

  /** Fields of proc_pid_stat(5) after the name. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  /** The kernel's ticks for programs are 10 ms on all machines of Linux that Java runs on. */
  private static final int MILLIS_OF_TICK = 10;

  /** Reads it; null if there is no such process, or it is hidden from us. */
  public static @Nullable ProcessUsage of(FileSystem files, int pid) {
    try {
      String stat = text(files, pid, "stat");
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      String words = NativeText.decode(bytes(files, pid, "cmdline")).replace('\0', ' ').strip();
      return new ProcessUsage(
          pid,
          Duration.ofMillis(ticks * MILLIS_OF_TICK),
          memory(text(files, pid, "status")),
          words.isEmpty() ? name : words);
    } catch (FileFault | NumberFormatException | IndexOutOfBoundsException gone) {
      return null;
    }
  }

  private static long memory(String status) {
    for (String line : status.split("\n", -1)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  private static String text(FileSystem files, int pid, String file) throws FileFault {
    return new String(bytes(files, pid, file), ISO_8859_1);
  }

  private static byte[] bytes(FileSystem files, int pid, String file) throws FileFault {
    return files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/" + file, MOST);
  }
}
