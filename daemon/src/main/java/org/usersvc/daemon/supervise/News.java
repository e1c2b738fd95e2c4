package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;

/**
 * Tells services that wait in the restart delay when another one has come to stay: run may have
 * failed for want of it, as {@code sv check db || exit 1} does. While anybody waits, each check
 * that is not content yet is run again: after a second, and later at an eighth of the time that it
 * has been done already, so that what never comes costs little. <b>Loop thread only.</b>
 */
final class News {
  private static final Duration SOONEST = Duration.ofSeconds(1);
  private static final int PART = 8;

  private final Set<Supervised> delayed = new LinkedHashSet<>();
  private final Set<Supervised> unchecked = new LinkedHashSet<>();
  private final EventLoop loop;
  private final Alarm look;
  private @Nullable Long heard;
  private boolean telling;
  private long lookingSince;

  News(EventLoop loop) {
    this.loop = loop;
    this.look = new Alarm(loop.timers());
  }

  /** To be called when the phase of a process has changed. */
  void moved(Supervised process) {
    boolean waits = process.state().phase().isDelayed();
    if (waits) {
      delayed.add(process);
    } else {
      delayed.remove(process);
    }
    review();
    if (waits && heard != null && process.history().hasJustTried(heard)) { // that run has missed it
      process.hasten();
    }
  }

  /** A service has come to stay. */
  void heard() {
    heard = loop.clock().nanos();
    if (!telling && !delayed.isEmpty()) {
      telling = true;
      loop.soon(this::tell);
    }
  }

  private void tell() {
    telling = false;
    List.copyOf(delayed).forEach(Supervised::hasten);
  }

  /** It has come to stay, and its check may become content later. */
  void await(Supervised process) {
    unchecked.add(process);
    review();
  }

  /** Its check is content, or its run has ended. */
  void forget(Supervised process) {
    unchecked.remove(process);
    review();
  }

  private void review() {
    boolean needed = !delayed.isEmpty() && !unchecked.isEmpty();
    if (needed && !look.isSet()) {
      lookingSince = loop.clock().nanos();
      look.set(SOONEST, this::look);
    } else if (!needed) {
      look.clear();
    }
  }

  private void look() {
    var rest = Duration.ofNanos((loop.clock().nanos() - lookingSince) / PART);
    look.set(rest.compareTo(SOONEST) < 0 ? SOONEST : rest, this::look);
    List.copyOf(unchecked).forEach(process -> process.readiness().checkOnce());
  }
}
