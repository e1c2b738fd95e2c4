package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.view.Commanded;

/**
 * What check says about the present run to those who ask. It is known from the last answer: check
 * is not run while nobody asks. <b>Loop thread only.</b>
 */
final class CheckRecord {
  private static final String FINE = "";

  private final Owner owner;
  private final CheckScripts scripts;
  private final Clock clock;
  private int run;
  private int open;

  /** How check has failed last, or {@link #FINE}; null before the first answer. */
  private @Nullable String verdict;

  CheckRecord(Owner owner, CheckScripts scripts, Clock clock) {
    this.owner = owner;
    this.scripts = scripts;
    this.clock = clock;
  }

  /**
   * Runs check, and keeps the answer.
   *
   * @param fine called once, on the loop, perhaps before this returns
   * @return ends it before its time
   */
  Runnable ask(Consumer<Boolean> fine) {
    var question = new Question();
    open++;
    var end =
        scripts.run(
            owner,
            status -> {
              question.close(status.success() ? FINE : status.describe());
              fine.accept(status.success());
            });
    return () -> {
      question.breakOff();
      end.run();
    };
  }

  /** The same, for the daemon's own use: the answer is not kept. */
  Runnable askAside(Consumer<Boolean> fine) {
    return scripts.run(owner, status -> fine.accept(status.success()));
  }

  /** The answers so far were about a run that has ended. */
  void runEnded() {
    run++;
    open = 0;
    verdict = null;
  }

  /** Whether nobody has asked, or check has succeeded when it was asked last. */
  boolean isFine() {
    return verdict == null ? open == 0 : verdict.equals(FINE);
  }

  /** The same for people, with the reason; empty if it is fine. */
  String trouble() {
    if (isFine()) {
      return "";
    }
    return verdict == null ? "check still runs" : "check has not succeeded: " + verdict;
  }

  private final class Question {
    private final int about = run;
    private final long since = clock.nanos();
    private boolean closed;

    /** Nobody waits for the answer any more; one that was due says that check hangs. */
    void breakOff() {
      var waited = Duration.ofNanos(clock.nanos() - since);
      boolean due = waited.compareTo(Commanded.CHECK_AGAIN) >= 0;
      close(due ? "no answer within " + waited.plusMillis(999).toSeconds() + "s" : verdict);
    }

    void close(@Nullable String answer) {
      if (closed || about != run) {
        return;
      }
      closed = true;
      open--;
      if (!Objects.equals(verdict, answer)) {
        verdict = answer;
        owner.changed();
      }
    }
  }
}
