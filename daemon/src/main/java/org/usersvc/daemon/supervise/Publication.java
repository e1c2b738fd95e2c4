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
final class Publication {
  private final LinkedHashSet<Supervised> changed = new LinkedHashSet<>();
  private final List<Watcher<? super Supervised>> watchers = new ArrayList<>();
  private final Openings openings;

  Publication(Openings openings) {
    this.openings = openings;
  }

  void watch(Watcher<? super Supervised> watcher) {
    watchers.add(watcher);
  }

  void changed(Supervised process) {
    changed.add(process);
    if (!process.answers()) {
      openings.showLater(process);
    }
    renamed(process);
  }

  /** A name has changed; the status files do not contain names. */
  void renamed(Supervised process) {
    watchers.forEach(watcher -> watcher.changed(process));
  }

  void gone(Supervised process) {
    watchers.forEach(watcher -> watcher.gone(process));
    shown(process);
  }

  void moved(Supervised process, Phase before) {
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

  private void shown(Supervised process) {
    watchers.forEach(watcher -> watcher.shown(process));
  }
}
