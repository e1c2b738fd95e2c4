package org.usersvc.daemon.main;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The actions that end the daemon's parts: the last added runs first, and one that fails does not
 * keep the others from running. <b>Loop thread only.</b>
 */
final class Endings {
  private final ArrayDeque<Runnable> endings = new ArrayDeque<>();
  private final Consumer<RuntimeException> bugs;

  /** Takes the listener for failures. */
  Endings(Consumer<RuntimeException> bugs) {
    this.bugs = bugs;
  }

  /** Adds an action to run before all earlier ones. */
  void add(Runnable ending) {
    endings.push(ending);
  }

  /** Runs all, each once. */
  void run() {
    for (var next = endings.poll(); next != null; next = endings.poll()) {
      try {
        next.run();
      } catch (RuntimeException bug) {
        bugs.accept(bug);
      }
    }
  }
}
