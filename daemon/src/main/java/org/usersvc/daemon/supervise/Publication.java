package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What has changed in this turn, shown once at its end, and who follows that. <b>Loop thread
 * only.</b>
 */
final class Publication {
  private final LinkedHashSet<Supervised> changed = new LinkedHashSet<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private final Openings openings;

  Publication(Openings openings) {
    this.openings = openings;
  }

  void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  void changed(Supervised process) {
    changed.add(process);
    if (!process.answers()) {
      openings.showLater(process);
    }
    renamed(process);
  }

  /** Its files show no names. */
  void renamed(Supervised process) {
    watchers.forEach(watcher -> watcher.changed(process));
  }

  void gone(Supervised process) {
    watchers.forEach(watcher -> watcher.gone(process));
    shown(process);
  }

  /** Another scan directory is followed. */
  void switched() {
    watchers.forEach(Watcher::switched);
  }

  /**
   * Writes the status files of those that have some; the others get theirs when there is time.
   *
   * @param written run before the watchers hear of it, if anything has changed
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
