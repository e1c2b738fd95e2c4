package org.usersvc.systemd.survival;

import java.util.function.IntPredicate;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;

/**
 * Whether a unit of this user's daemon has started a process: it was given the daemon's {@code
 * XDG_RUNTIME_DIR}. Other users have usersvcd, too, and root may look into their processes. <b>Loop
 * thread only.</b>
 */
public final class OwnProcesses implements IntPredicate {
  private final FileSystem files;
  private final String runtime;

  /**
   * For one daemon.
   *
   * @param runtime its {@code XDG_RUNTIME_DIR}
   */
  public OwnProcesses(FileSystem files, String runtime) {
    this.files = files;
    this.runtime = runtime;
  }

  @Override
  public boolean test(int pid) {
    return runtime.equals(ProcessEnvironment.value(files, pid, "XDG_RUNTIME_DIR"));
  }
}
