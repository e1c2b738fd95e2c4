package org.usersvc.daemon.supervise;

import java.time.Duration;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.loop.EventLoop;

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

  Rest(EventLoop loop, Dependencies dependencies) {
    this.loop = loop;
    this.dependencies = dependencies;
  }

  /** The directory has got a down meanwhile, unlike what those that need the service have seen. */
  void endedWithDown(Supervised process) {
    process.feed(new Event.Asked(Command.DOWN));
    if (!process.isLogger()) {
      dependencies.opened(process.service());
    }
  }

  /** Runs the action when the directory of the process is at rest, at once if it is. */
  void await(Supervised process, Runnable action) {
    await(process, action, MOST_WAITS);
  }

  private void await(Supervised process, Runnable action, int waits) {
    if (process.files().isClosed()) {
      return;
    }
    var age = process.directory().sinceLastEntry(loop.clock().wall());
    if (waits == 0 || age == null || age.compareTo(QUIET) >= 0) {
      action.run();
    } else {
      loop.timers().after(QUIET.minus(age), () -> await(process, action, waits - 1));
    }
  }
}
