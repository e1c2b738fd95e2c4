package org.usersvc.systemd.run;

import java.util.Objects;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;

/** The invocation id that a process has in its environment. */
final class ProcessInvocation {
  private ProcessInvocation() {}

  /** Empty if it has none. */
  static String of(FileSystem files, int pid) {
    return Objects.requireNonNullElse(ProcessEnvironment.value(files, pid, "INVOCATION_ID"), "");
  }
}
