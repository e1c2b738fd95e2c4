package org.usersvc.daemon.activation;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.supervise.Supervisor;

/**
 * The scan directory, for all doors: which it is, and requests to look at it again. Requests during
 * a scan are answered by one further scan. <b>Loop thread only.</b>
 */
public final class ScanDirectory {
  private final Runnable userFiles;
  private final Supervisor supervisor;
  private List<Runnable> waiting = new ArrayList<>();
  private final List<Runnable> switchListeners = new ArrayList<>();
  private boolean scanning;

  /**
   * Begins without a scan.
   *
   * @param userFiles reads the user's files again
   */
  public ScanDirectory(Runnable userFiles, Supervisor supervisor) {
    this.userFiles = userFiles;
    this.supervisor = supervisor;
  }

  /** Its path, printable. */
  public String path() {
    return supervisor.scanDirectory();
  }

  /** Runs the action whenever it is another directory. */
  public void onSwitch(Runnable action) {
    switchListeners.add(action);
  }

  /** Follows another directory; services that are in both go on untouched. */
  public void switchTo(String directory, Runnable done) throws FileFault {
    supervisor.switchTo(directory, done);
    switchListeners.forEach(Runnable::run);
  }

  /**
   * Reads the user's files and then the directory again, now or after the scan that is under way;
   * then runs {@code done}.
   */
  public void rescan(Runnable done) {
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
