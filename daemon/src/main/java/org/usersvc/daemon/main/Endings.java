package org.usersvc.daemon.main;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * What is to be ended with the daemon: what has begun last comes first, and none that fails keeps
 * the others from their end. <b>Loop thread only.</b>
 */
final class Endings {
  private final ArrayDeque<Runnable> endings = new ArrayDeque<>();
  private final Consumer<RuntimeException> bugs;

  /** With whom hears of what has failed. */
  Endings(Consumer<RuntimeException> bugs) {
    this.bugs = bugs;
  }

  /** Has it run before all that were added earlier. */
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
