package org.usersvc.daemon.supervise;

import java.util.LinkedHashSet;
import java.util.List;

/** What has changed in this turn, shown once at its end. <b>Loop thread only.</b> */
final class Publication {
  private final LinkedHashSet<Supervised> changed = new LinkedHashSet<>();
  private final Openings openings;

  Publication(Openings openings) {
    this.openings = openings;
  }

  void add(Supervised process) {
    changed.add(process);
    if (!process.answers()) {
      openings.showLater(process);
    }
  }

  /**
   * Writes the status files of those that have some; the others get theirs when there is time.
   *
   * @return what has changed
   */
  List<Supervised> publish() {
    if (changed.isEmpty()) {
      return List.of();
    }
    for (var process : changed) {
      if (process.answers()) {
        process.parts().files().write();
      }
    }
    var all = List.copyOf(changed);
    changed.clear();
    return all;
  }
}
