package org.usersvc.daemon.mechanism;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.extension.Departure;
import org.usersvc.daemon.loop.EventLoop;

/** What extensions stop before the daemon ends: all at the same time. <b>Loop thread only.</b> */
public final class Departures {
  private final EventLoop loop;
  private final List<Departure> all = new ArrayList<>();
  private boolean goingOn;

  public Departures(EventLoop loop) {
    this.loop = loop;
  }

  /** Adds one; not after {@link #stop}. */
  public void add(Departure departure) {
    all.add(departure);
  }

  /** Whether {@link #stop} was called, and something still runs. */
  public boolean isGoingOn() {
    return goingOn;
  }

  /** Stops all; runs the action when nothing runs any more, at once if there is nothing. */
  public void stop(Runnable done) {
    goingOn = true;
    var left = new HashSet<>(all);
    for (var departure : all) {
      begin(departure, () -> gone(departure, left, done));
    }
    if (all.isEmpty()) {
      end(done);
    }
  }

  /** One that fails has nothing that could be waited for. */
  private void begin(Departure departure, Runnable gone) {
    boolean[] failed = {true};
    loop.guard(() -> {
      departure.stop(gone);
      failed[0] = false;
    });
    if (failed[0]) {
      gone.run();
    }
  }

  private void gone(Departure departure, Set<Departure> left, Runnable done) {
    if (left.remove(departure) && left.isEmpty()) {
      end(done);
    }
  }

  private void end(Runnable done) {
    goingOn = false;
    done.run();
  }

  /** The daemon was asked to end once more. */
  public void hurry() {
    all.forEach(departure -> loop.guard(departure::hurry));
  }
}
