package org.usersvc.daemon.order;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;

/**
 * Notifies services in the restart delay when another one has become steady: run may have failed
 * for lack of it, as {@code sv check db || exit 1} does. While a service waits, each check that has
 * failed so far is repeated: after a second, and later at an eighth of the time since the first, so
 * that a hopeless check costs little. <b>Loop thread only.</b>
 */
public final class News {
  private static final Duration SOONEST = Duration.ofSeconds(1);
  private static final int PART = 8;

  private final Set<Node> delayed = new LinkedHashSet<>();
  private final Set<Node> unchecked = new LinkedHashSet<>();
  private final EventLoop loop;
  private final Alarm look;
  private @Nullable Long heard;
  private boolean due;
  private long lookingSince;

  News(EventLoop loop) {
    this.loop = loop;
    this.look = new Alarm(loop.timers());
  }

  /** To be called when the phase of a service has changed. */
  void moved(Node service) {
    boolean waits = service.state().phase().isDelayed();
    if (waits) {
      delayed.add(service);
    } else {
      delayed.remove(service);
    }
    review();
    if (waits && heard != null && service.hasJustTried(heard)) { // that run has missed it
      service.hasten();
    }
  }

  /** A service has become steady. */
  public void heard() {
    heard = loop.clock().nanos();
    if (!due && !delayed.isEmpty()) {
      due = true;
      loop.soon(this::report);
    }
  }

  private void report() {
    due = false;
    List.copyOf(delayed).forEach(Node::hasten);
  }

  /** It has become steady, and its check may succeed later. */
  public void await(Node service) {
    unchecked.add(service);
    review();
  }

  /** Its check has succeeded, or its run has ended. */
  public void forget(Node service) {
    unchecked.remove(service);
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
    List.copyOf(unchecked).forEach(service -> service.checkOnce());
  }
}
