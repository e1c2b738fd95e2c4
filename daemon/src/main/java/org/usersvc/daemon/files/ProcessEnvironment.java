package org.usersvc.daemon.files;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/** The environments that processes were started with, from {@code /proc/PID/environ}. */
public final class ProcessEnvironment {
  private static final int MOST = 8 * 1024 * 1024;

  private ProcessEnvironment() {}

  /**
   * The environment that a process was started with.
   *
   * @throws FileFault if the process is gone, or another user's
   */
  public static Environment of(FileSystem files, int pid) throws FileFault {
    return Environment.parse(block(files, pid));
  }

  /** One variable of it; null if it has none, is gone, or another user's. */
  public static @Nullable String value(FileSystem files, int pid, String name) {
    try {
      return of(files, pid).value(name);
    } catch (FileFault ignored) { // as above
      return null;
    }
  }

  /**
   * The whole, not parsed.
   *
   * @throws FileFault as in {@link #of}
   */
  public static byte[] block(FileSystem files, int pid) throws FileFault {
    return files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/environ", MOST);
  }
}
