package org.usersvc.systemd.survival;

import java.util.Collection;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;

/** Other daemons that live, whose processes are no strays. <b>Loop thread only.</b> */
final class Neighbours {
  private static final String MANAGER = "MANAGERPID";

  private final FileSystem files;
  private final int self;

  /**
   * Looks at processes when it is asked.
   *
   * @param self the pid of this daemon
   */
  Neighbours(FileSystem files, int self) {
    this.files = files;
    this.self = self;
  }

  /** Whether all these processes belong to other managers that live. */
  boolean have(Collection<Integer> pids, ProcessTable table) {
    return pids.stream().allMatch(pid -> isTheirs(pid, table));
  }

  /** A manager began before its processes; another program that has its pid by now did not. */
  private boolean isTheirs(int pid, ProcessTable table) {
    int manager = manager(pid);
    var process = table.find(pid);
    var other = manager == self ? null : table.find(manager);
    return process != null && other != null && other.start() <= process.start();
  }

  /** The pid of the manager that has started a process; 0 if it is not known. */
  private int manager(int pid) {
    try {
      String text = ProcessEnvironment.of(files, pid).value(MANAGER);
      return text != null && text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    } catch (FileFault ignored) { // it has gone
      return 0;
    }
  }
}
