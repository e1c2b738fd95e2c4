package org.usersvc.daemon.notify;

import java.util.LinkedHashSet;
import java.util.List;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessStat;

/**
 * Finds the service that has sent a message: its run script leads a session, and is known by its
 * pid. The session is that of the sender, or of one of its ancestors. <b>Loop thread only.</b>
 */
public final class Sender {
  private static final int MOST_STEPS = 64;

  private final FileSystem files;
  private final int daemon;

  /**
   * @param daemon the daemon's pid, which belongs to no service
   */
  public Sender(FileSystem files, int daemon) {
    this.files = files;
    this.daemon = daemon;
  }

  /**
   * The pids by which the service of a process may be known, the nearest first: its own, its
   * session, and the same of each ancestor. Only its own if it has ended, and none for pid 0.
   */
  public List<Integer> candidates(int pid) {
    var found = new LinkedHashSet<Integer>();
    int next = pid;
    for (int step = 0; step < MOST_STEPS && isSomebody(next); step++) {
      found.add(next);
      var stat = ProcessStat.of(files, next);
      if (stat == null) {
        break;
      }
      if (isSomebody(stat.session())) {
        found.add(stat.session());
      }
      next = stat.parent();
    }
    return List.copyOf(found);
  }

  /** Whether a process has ended, so that its service cannot be found any more. */
  public boolean isGone(int pid) {
    return isSomebody(pid) && ProcessStat.of(files, pid) == null;
  }

  private boolean isSomebody(int pid) {
    return pid > 1 && pid != daemon;
  }
}
