package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Timer;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.servicedir.Definition;

/**
 * Finds out when run is ready, and whether it keeps telling that it lives. What tells nothing is
 * ready at once. <b>Loop thread only.</b>
 */
final class Readiness {
  /** Between two runs of check (sv.c:390). */
  private static final Duration CHECK_AGAIN = Duration.ofMillis(420);

  private final byte[] buffer = new byte[256];
  private final Supervised owner;
  private final Shared shared;
  private final Platform platform;
  private @Nullable Fifo notification;
  private Timers.@Nullable Armed deadline;
  private Timers.@Nullable Armed watchdog;
  private Timers.@Nullable Armed checkAgain;
  private Runnable endCheck = () -> {};
  private Duration sign = Duration.ZERO;
  private int checks;
  private boolean late;

  Readiness(Supervised owner, Shared shared) {
    this.owner = owner;
    this.shared = shared;
    this.platform = shared.platform();
  }

  /**
   * Makes what run tells by, before it is started.
   *
   * @return the descriptor that it is to be given, -1 for none
   */
  int prepare(Definition definition) throws FileFault {
    end();
    late = false;
    if (definition.readiness().descriptor() == 0) {
      return -1;
    }
    notification = Fifo.open(platform, owner.pipeName() + "-ready");
    platform.loop().onReadable(notification.descriptor(), this::read);
    return notification.descriptor();
  }

  /** Begins to wait for it; run has just been started. */
  void await(Definition definition) {
    watch(definition.times().watchdog());
    var bound = definition.times().ready();
    if (notification == null && !definition.oneshot() && !definition.readiness().notifies()) {
      boolean asked = bound != null || owner.service().isNeeded();
      if (!asked || !owner.directory().hasCheck()) {
        owner.feed(new Event.BecameReady());
        return;
      }
      check();
    }
    if (bound != null) {
      extend(bound);
    }
  }

  /** Goes on with a run that an earlier daemon has started. */
  void resume(Definition definition, boolean ready) {
    if (ready) {
      watch(definition.times().watchdog());
      return;
    }
    try {
      prepare(definition);
    } catch (FileFault fault) {
      platform.messages().warn(owner.name() + ": " + fault.getMessage() + ", ignoring");
    }
    await(definition);
  }

  /** Adds the name of the FIFO that it holds, if it holds one. */
  void namePipes(Set<String> names) {
    if (notification != null) {
      names.add(notification.name());
    }
  }

  /** Has it until then to become ready. */
  void extend(Duration bound) {
    cancel(deadline);
    deadline = platform.loop().timers().after(bound, this::timeIsUp);
  }

  private void timeIsUp() {
    deadline = null;
    late = true;
    platform
        .messages()
        .warn(owner.name() + ": is not ready in time (see timeout-ready), ending it");
    owner.feed(new Event.TimerFired(Timer.READY));
  }

  private void read() {
    var fifo = notification;
    if (fifo == null) {
      return;
    }
    try {
      int length = platform.files().read(fifo.descriptor(), buffer);
      for (int i = 0; i < length; i++) {
        if (buffer[i] == '\n') {
          ready();
          return;
        }
      }
    } catch (FileFault fault) {
      platform.messages().warn(owner.name() + ": " + fault.getMessage() + ", ignoring");
    }
  }

  /** run has told that it is ready. */
  void ready() {
    cancel(deadline);
    deadline = null;
    closeFifo();
    owner.feed(new Event.BecameReady());
  }

  private void check() {
    checkAgain = null;
    int asked = ++checks;
    endCheck = shared.children().checks().run(owner, fine -> checked(fine, asked));
  }

  private void checked(boolean fine, int asked) {
    if (asked != checks) {
      return; // run has ended meanwhile
    }
    endCheck = () -> {};
    if (fine) {
      ready();
    } else {
      checkAgain = platform.loop().timers().after(CHECK_AGAIN, this::check);
    }
  }

  /** Expects a sign of life as often as that from now on; null: none. */
  void watch(@Nullable Duration every) {
    cancel(watchdog);
    watchdog = null;
    sign = every == null ? Duration.ZERO : every;
    alive();
  }

  /** A sign of life. */
  void alive() {
    cancel(watchdog);
    if (!sign.isZero()) {
      watchdog = platform.loop().timers().after(sign, this::silent);
    }
  }

  /** It gives no sign of life any more, or says so itself. */
  void silent() {
    cancel(watchdog);
    watchdog = null;
    late = true;
    platform.messages().warn(owner.name() + ": gives no sign of life (watchdog), ending it");
    owner.feed(new Event.TimerFired(Timer.WATCHDOG));
  }

  /** Whether the daemon has ended run because it did not keep what it promised. */
  boolean isLate() {
    return late;
  }

  /** run has ended: nothing of this is waited for any more. */
  void end() {
    cancel(deadline);
    cancel(watchdog);
    cancel(checkAgain);
    deadline = null;
    watchdog = null;
    checkAgain = null;
    endCheck.run();
    endCheck = () -> {};
    checks++;
    closeFifo();
  }

  private void closeFifo() {
    if (notification != null) {
      platform.loop().forget(notification.descriptor());
      notification.remove();
      notification = null;
    }
  }

  private static void cancel(Timers.@Nullable Armed timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
