package org.usersvc.daemon.state;

import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;

/**
 * Identifies one process within one boot: the kernel may reuse a pid, but not with the same start
 * time.
 *
 * @param pid 0 for no process
 * @param start in clock ticks since boot
 */
public record ProcessIdentity(int pid, long start) {
  public static final ProcessIdentity NONE = new ProcessIdentity(0, 0);

  /** The process that has the pid now, {@link #NONE} if there is none. */
  public static ProcessIdentity of(FileSystem files, int pid) {
    var stat = pid == 0 ? null : ProcessStat.of(files, pid);
    return stat == null ? NONE : new ProcessIdentity(pid, stat.startTime());
  }

  public boolean isNone() {
    return pid == 0;
  }

  /** Whether the process exists: alive, or ended and not reaped. */
  public boolean isThere(FileSystem files) {
    return !isNone() && equals(of(files, pid));
  }
}
