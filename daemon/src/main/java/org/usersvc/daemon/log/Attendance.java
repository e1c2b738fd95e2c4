package org.usersvc.daemon.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.DayTimer;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.Poller;

/**
 * The poller of a thread whose work may hang. While the thread works, the daemon's loop checks
 * whether its turn takes too long; while it sleeps, there are no checks.
 */
final class Attendance implements Poller {
  /** A turn that takes longer waits for a file system. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final long ASLEEP = 0;

  private final Poller poller;
  private final EventLoop observer;
  private final Runnable whenHung;
  private final Runnable whenBack;

  /** When the turn began, {@link #ASLEEP} between two turns. */
  private final AtomicLong since = new AtomicLong(ASLEEP);

  private volatile boolean watched;
  private volatile boolean hung;

  /**
   * @param observer the daemon's loop; the actions are run there
   * @param whenHung called when a turn takes too long
   * @param whenBack called when such a turn has ended
   */
  Attendance(Poller poller, EventLoop observer, Runnable whenHung, Runnable whenBack) {
    this.poller = poller;
    this.observer = observer;
    this.whenHung = whenHung;
    this.whenBack = whenBack;
  }

  @Override
  public void await(int timeoutMillis, Ready ready) {
    since.set(ASLEEP);
    if (hung) {
      hung = false;
      observer.mailbox().post(whenBack);
    }
    poller.await(
        timeoutMillis,
        descriptor -> {
          works();
          ready.descriptor(descriptor);
        });
    works();
  }

  @Override
  public DayTimer dayTimer() {
    return poller.dayTimer();
  }

  private void works() {
    if (since.get() == ASLEEP) {
      since.set(Clock.SYSTEM.nanos());
      if (!watched) {
        watched = true;
        observer.mailbox().post(this::watch);
      }
    }
  }

  private void watch() {
    observer.timers().after(PATIENCE, this::look);
  }

  private void look() {
    watched = false;
    long began = since.get();
    if (began == ASLEEP) {
      return;
    }
    watched = true;
    if (Clock.SYSTEM.nanos() - began < PATIENCE.toNanos()) {
      watch();
      return;
    }
    hung = true;
    whenHung.run();
    if (since.get() != began && hung) { // the turn has just ended
      hung = false;
      whenBack.run();
    }
    watched = false;
  }

  @Override
  public void watch(int descriptor) {
    poller.watch(descriptor);
  }

  @Override
  public void change(int descriptor, boolean readable, boolean writable) {
    poller.change(descriptor, readable, writable);
  }

  @Override
  public void forget(int descriptor) {
    poller.forget(descriptor);
  }

  @Override
  public void wake() {
    poller.wake();
  }
}
