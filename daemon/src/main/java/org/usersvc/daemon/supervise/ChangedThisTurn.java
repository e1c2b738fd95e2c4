package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.view.Watcher;

/**
 * The changes of this turn, which are published once at its end, and their watchers. <b>Loop thread
 * only.</b>
 */
final class ChangedThisTurn {
  private final LinkedHashSet<ServiceProcess> changed = new LinkedHashSet<>();
  private final List<Watcher<? super ServiceProcess>> watchers = new ArrayList<>();
  private final StartQueue openings;

  ChangedThisTurn(StartQueue openings) {
    this.openings = openings;
  }

  void watch(Watcher<? super ServiceProcess> watcher) {
    watchers.add(watcher);
  }

  void changed(ServiceProcess process) {
    changed.add(process);
    if (!process.answers()) {
      openings.showLater(process);
    }
    renamed(process);
  }

  /** A name has changed; the status files do not contain names. */
  void renamed(ServiceProcess process) {
    watchers.forEach(watcher -> watcher.changed(process));
  }

  void gone(ServiceProcess process) {
    watchers.forEach(watcher -> watcher.gone(process));
    shown(process);
  }

  void moved(ServiceProcess process, Phase before) {
    watchers.forEach(watcher -> watcher.moved(process, before.word()));
  }

  /**
   * Writes the existing status files; the others are made when there is time.
   *
   * @param written run before the watchers are notified, if anything has changed
   */
  void publish(Runnable written) {
    if (changed.isEmpty()) {
      return;
    }
    for (var process : changed) {
      if (process.answers()) {
        process.parts().files().write();
      }
    }
    var all = List.copyOf(changed);
    changed.clear();
    written.run();
    all.forEach(this::shown);
  }

  private void shown(ServiceProcess process) {
    watchers.forEach(watcher -> watcher.shown(process));
  }
}
