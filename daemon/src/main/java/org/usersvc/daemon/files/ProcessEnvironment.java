package org.usersvc.daemon.files;

import org.usersvc.daemon.model.Environment;

/** What processes were started with, as {@code /proc/PID/environ} tells it. */
public final class ProcessEnvironment {
  private static final int MOST = 8 * 1024 * 1024;

  private ProcessEnvironment() {}

  /**
   * What a process was started with.
   *
   * @throws FileFault if it is gone, or another user's
   */
  public static Environment of(FileSystem files, int pid) throws FileFault {
    return Environment.parse(block(files, pid));
  }

  /**
   * The same, not taken apart.
   *
   * @throws FileFault as of {@link #of}
   */
  public static byte[] block(FileSystem files, int pid) throws FileFault {
    return files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/environ", MOST);
  }
}
