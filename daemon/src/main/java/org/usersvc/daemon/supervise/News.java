package org.usersvc.daemon.supervise;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.loop.Clock;

/**
 * Tells services that wait in the restart delay when another one has come to stay: run may have
 * failed for want of it, as {@code sv check db || exit 1} does. <b>Loop thread only.</b>
 */
final class News {
  private final Set<Supervised> delayed = new LinkedHashSet<>();
  private final Clock clock;
  private @Nullable Long heard;

  News(Clock clock) {
    this.clock = clock;
  }

  /** To be called when the phase of a process has changed. */
  void moved(Supervised process) {
    if (!(process.state().phase() instanceof Phase.BackingOff)) {
      delayed.remove(process);
      return;
    }
    delayed.add(process);
    if (heard != null && process.history().hasJustTried(heard)) { // that run has missed it
      process.hasten();
    }
  }

  /** A service has come to stay. */
  void heard() {
    heard = clock.nanos();
    List.copyOf(delayed).forEach(Supervised::hasten);
  }
}
