package org.usersvc.daemon.activation;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.supervise.Supervisor;

/**
 * Reads the user's files and then the scan directory again, for all doors. Requests during a scan
 * are answered by one further scan. <b>Loop thread only.</b>
 */
public final class Rescan {
  private final Runnable userFiles;
  private final Supervisor supervisor;
  private List<Runnable> waiting = new ArrayList<>();
  private boolean scanning;

  /**
   * Begins without a scan.
   *
   * @param userFiles reads the user's files again
   */
  public Rescan(Runnable userFiles, Supervisor supervisor) {
    this.userFiles = userFiles;
    this.supervisor = supervisor;
  }

  /** Begins a scan, now or after the one that is under way; then runs {@code done}. */
  public void ask(Runnable done) {
    waiting.add(done);
    if (!scanning) {
      scan();
    }
  }

  private void scan() {
    var asked = waiting;
    waiting = new ArrayList<>();
    scanning = !asked.isEmpty();
    if (scanning) {
      boolean fails = true;
      try {
        userFiles.run();
        supervisor.rescan(() -> scanned(asked));
        fails = false;
      } finally {
        scanning &= !fails; // the next request tries again
      }
    }
  }

  private void scanned(List<Runnable> asked) {
    try {
      asked.forEach(Runnable::run);
    } finally {
      scan();
    }
  }
}
