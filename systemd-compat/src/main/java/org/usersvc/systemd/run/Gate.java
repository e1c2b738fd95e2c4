package org.usersvc.systemd.run;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds back the commands of a unit while earlier work is not done: signals that a new process must
 * not get, directories that are being removed. <b>Loop thread only.</b>
 */
final class Gate {
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int holds;

  /** Begins work; {@link #release} has to follow. */
  void hold() {
    holds++;
  }

  /** Ends work; what has waited for it is done now. */
  void release() {
    holds--;
    while (holds == 0 && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  /** Runs the action as soon as no earlier work is left; perhaps before this returns. */
  void pass(Runnable action) {
    if (holds == 0) {
      action.run();
    } else {
      waiting.add(action);
    }
  }
}
