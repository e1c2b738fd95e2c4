package org.usersvc.it;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits, within bounds, for what tells nobody that it has happened: mostly files being written. */
final class Await {
  /** Long, for a machine that is busy or stops: who waits no longer than needed loses nothing. */
  static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final long PAUSE_NANOS = 5_000_000;

  private Await() {}

  /** What is looked at again and again; a file that does not exist yet may throw. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws IOException;
  }

  static void until(String what, Question<Boolean> question) throws IOException {
    answer(what, question, held -> held);
  }

  static <T> T answer(String what, Question<T> question, Predicate<T> good) throws IOException {
    return answer(DEADLINE, what, question, good);
  }

  static <T> T answer(Duration patience, String what, Question<T> question, Predicate<T> good)
      throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    @Nullable Object last = null;
    boolean late;
    do {
      late = System.nanoTime() >= end; // the last look is one after the end, however slow they are
      try {
        var now = question.ask();
        if (good.test(now)) {
          return now;
        }
        last = now;
      } catch (NoSuchFileException notYet) {
        last = notYet;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.interrupted()) {
        throw new AssertionError("interrupted while waiting for: " + what);
      }
    } while (!late);
    throw new AssertionError(
        "waited " + patience.toSeconds() + " s in vain for: " + what + "; last: " + last);
  }
}
