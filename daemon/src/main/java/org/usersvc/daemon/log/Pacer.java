package org.usersvc.daemon.log;

import java.time.Duration;
import java.util.ArrayList;
import org.usersvc.daemon.loop.EventLoop;

/** Serves all busy pipes together, in short steps of time; sleeps if there is none. */
final class Pacer {
  static final Duration STEP = Duration.ofMillis(20);

  private final EventLoop loop;
  private ArrayList<Runnable> waiting = new ArrayList<>();
  private ArrayList<Runnable> spare = new ArrayList<>();

  Pacer(EventLoop loop) {
    this.loop = loop;
  }

  /** Runs the action at the next step. */
  void atNextStep(Runnable action) {
    if (waiting.isEmpty()) {
      loop.timers().after(STEP, this::step);
    }
    waiting.add(action);
  }

  private void step() {
    var due = waiting;
    waiting = spare;
    due.forEach(loop::soon);
    due.clear();
    spare = due;
  }
}
