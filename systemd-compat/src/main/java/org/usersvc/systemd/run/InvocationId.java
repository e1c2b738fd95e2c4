package org.usersvc.systemd.run;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;

/** The invocation id that a process has in its environment. */
final class InvocationId {
  private InvocationId() {}

  /** Empty if it has none. */
  static String of(FileSystem files, int pid) {
    try {
      String id = ProcessEnvironment.of(files, pid).value("INVOCATION_ID");
      return id == null ? "" : id;
    } catch (FileFault ignored) { // it has gone, or is another user's
      return "";
    }
  }
}
