package org.usersvc.systemd.run;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.Pieces;
import org.usersvc.systemd.exec.ExecDirectory.Kind;

/**
 * What a service has in files besides its logs: its directories and its PID file. Commands wait
 * until what is being removed has gone. <b>Loop thread only.</b>
 */
final class ServiceFiles {
  /** So many files and directories are removed at once. */
  private static final int AT_ONCE = 16;

  private final Workplace place;
  private final ServiceSettingsNow settings;
  private final Gate gate;

  /**
   * Touches no file yet.
   *
   * @param gate what the commands of the service pass
   */
  ServiceFiles(Workplace place, ServiceSettingsNow settings, Gate gate) {
    this.place = place;
    this.settings = settings;
    this.gate = gate;
  }

  /** Removes the PID file: it would mislead others, once the process has gone. */
  void removePidFile() {
    String path = settings.own().main().pidFile();
    if (path != null) {
      try {
        place.mechanisms().files().remove(FileSystem.ABSOLUTE, path);
      } catch (FileFault ignored) { // whoever made it has to remove it
        return;
      }
    }
  }

  /**
   * Removes the directories that go with a run.
   *
   * @param restart whether another run follows at once
   */
  void removeDirectories(boolean restart) {
    gate.hold();
    var all = settings.exec().directories();
    work(place.preparation().removal(all, restart, gate::release));
  }

  /**
   * Removes all directories of some kinds.
   *
   * @param done run when they are gone
   */
  void clean(Set<Kind> kinds, Runnable done) {
    gate.hold();
    Runnable over =
        () -> {
          gate.release();
          done.run();
        };
    work(place.preparation().cleaning(settings.exec().directories(), kinds, over));
  }

  /** Most is little work, and is done at once: who sees that the service is down sees no more. */
  private void work(Pieces.@Nullable Work work) {
    if (work == null) {
      gate.release();
      return;
    }
    boolean goesOn = true;
    for (int i = 0; i < AT_ONCE && goesOn; i++) {
      goesOn = work.next();
    }
    if (goesOn) {
      place.mechanisms().turns().inPieces(work);
    }
  }
}
