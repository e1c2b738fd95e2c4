package org.usersvc.daemon.supervise;

import java.util.LinkedHashSet;

/** What has changed in this turn, shown once at its end. <b>Loop thread only.</b> */
final class Publication {
  private final LinkedHashSet<Supervised> changed = new LinkedHashSet<>();
  private final Openings openings;

  Publication(Openings openings) {
    this.openings = openings;
  }

  void add(Supervised process) {
    changed.add(process);
  }

  int size() {
    return changed.size();
  }

  /**
   * Writes the status files of those that have some; the others get theirs when there is time.
   *
   * @return false if nothing has changed
   */
  boolean publish() {
    if (changed.isEmpty()) {
      return false;
    }
    for (var process : changed) {
      if (process.answers()) {
        process.files().write();
      } else {
        openings.showLater(process);
      }
    }
    changed.clear();
    return true;
  }
}
