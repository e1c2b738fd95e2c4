package org.usersvc.daemon.activation;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.supervise.Supervisor;

/**
 * Looks at everything again, for all doors: at the user's files, then at the services. One that is
 * asked for while another is under way follows it, and will do for all who have asked. <b>Loop
 * thread only.</b>
 */
public final class Rescan {
  private final Runnable userFiles;
  private final Supervisor supervisor;
  private List<Runnable> waiting = new ArrayList<>();
  private boolean scanning;

  /**
   * One for all doors.
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
        scanning &= !fails; // who asks next has another try
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
