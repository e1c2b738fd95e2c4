package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.order.Dependencies;

/**
 * A directory that is just being filled, by cp -r or by hand, is left alone until nothing has been
 * made in it for a moment: what comes after run may be down or log/. One that is moved into the
 * scan directory is complete. <b>Loop thread only.</b>
 */
final class Rest {
  private static final Duration QUIET = Duration.ofMillis(20);

  /** Who never rests is not waited for: a second and a half at most. */
  private static final int MOST_WAITS = 75;

  private final EventLoop loop;
  private final Dependencies dependencies;
  private final Set<Supervised> resting = new HashSet<>();

  Rest(EventLoop loop, Dependencies dependencies) {
    this.loop = loop;
    this.dependencies = dependencies;
  }

  /**
   * Runs the action when the directory of the process is at rest, at once if it is; not if it is
   * awaited already, nor if the directory has a down by then, and nobody has asked for a start.
   */
  void await(Supervised process, Runnable action) {
    if (resting.add(process)) {
      await(process, action, MOST_WAITS);
    }
  }

  private void await(Supervised process, Runnable action, int waits) {
    boolean closed = process.isClosed();
    var age = closed ? null : process.directory().sinceLastEntry(loop.clock().wall());
    if (waits > 0 && age != null && age.compareTo(QUIET) < 0) {
      loop.timers().after(QUIET.minus(age), () -> await(process, action, waits - 1));
      return;
    }
    resting.remove(process);
    if (!closed && isHeld(process)) {
      stayDown(process);
    } else if (!closed) {
      action.run();
    }
  }

  private static boolean isHeld(Supervised process) {
    boolean untold = process.state().wanted() == Wanted.UP && process.history().isUntouched();
    return untold && process.directory().isDown();
  }

  /** Those that need the service may have seen it without its down. */
  private void stayDown(Supervised process) {
    process.feed(new Event.Asked(Command.DOWN));
    if (!process.isLogger()) {
      process.afterwards(() -> dependencies.opened(process.service().node()));
    }
  }
}
