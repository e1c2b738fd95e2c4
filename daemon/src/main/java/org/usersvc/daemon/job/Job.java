package org.usersvc.daemon.job;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.supervise.CheckScripts;
import org.usersvc.daemon.supervise.Supervised;

/**
 * What one verb asks of one process. It is over when that is reached, or when nothing that goes on
 * brings the process there any more. A client may wait for it: while it does, check is asked, too.
 */
final class Job {
  private final Supervised process;
  private final Verb verb;
  private long startsBefore;
  private final CheckScripts checks;
  private final Consumer<Job> whenOver;
  private final Consumer<Job> whenLeft;
  private final Alarm deadline;
  private final Alarm checkAgain;
  private @Nullable Consumer<Outcome> client;
  private Runnable endCheck = () -> {};
  private boolean told;
  private boolean checking;
  private boolean over;

  /**
   * What jobs need.
   *
   * @param whenOver told when nothing is to be waited for any more
   * @param whenLeft told when no client waits any more, and the job is not over
   */
  record Parts(
      CheckScripts checks, Timers timers, Consumer<Job> whenOver, Consumer<Job> whenLeft) {}

  Job(Supervised process, Verb verb, Parts parts) {
    this.process = process;
    this.verb = verb;
    this.checks = parts.checks();
    this.whenOver = parts.whenOver();
    this.whenLeft = parts.whenLeft();
    this.deadline = new Alarm(parts.timers());
    this.checkAgain = new Alarm(parts.timers());
  }

  Supervised process() {
    return process;
  }

  boolean isOver() {
    return over;
  }

  boolean isAwaited() {
    return client != null;
  }

  /** Tells the process the letters of the verb; nothing of what it was told before is left. */
  void tell() {
    startsBefore = process.history().starts();
    for (var command : Command.ofLetters(verb.letters())) {
      told = true;
      process.tell(command);
    }
  }

  /** Whether the process was told anything. */
  boolean hasTold() {
    return told;
  }

  /** The client waits from now on, and so long at most; the job itself has no such bound. */
  void await(Duration patience, Consumer<Outcome> reply) {
    client = reply;
    deadline.set(patience, this::timeOut);
  }

  /** The client has gone, or is answered. */
  void leave() {
    client = null;
    deadline.clear();
    checkAgain.clear();
    if (checking) {
      checking = false;
      endCheck.run();
    }
    look(); // nobody waits for the word of check any more
    if (!over) {
      whenLeft.accept(this);
    }
  }

  /** Looks whether it is over; to be called when the process has changed. */
  void look() {
    if (over || checking || checkAgain.isSet()) {
      return;
    }
    if (verb.goal().lost(process, startsBefore)) {
      end(Outcome.GONE);
    } else if (verb.goal().reached(process, startsBefore)) {
      if (isAwaited() && verb.goal().asksCheck(process) && process.directory().hasCheck()) {
        check();
      } else {
        end(Outcome.DONE);
      }
    }
  }

  private void check() {
    checking = true;
    endCheck = checks.run(process, this::checked);
  }

  private void checked(boolean fine) {
    if (!checking) {
      return;
    }
    checking = false;
    if (fine && verb.goal().reached(process, startsBefore)) {
      end(Outcome.DONE);
      return;
    }
    checkAgain.set(CheckScripts.AGAIN, this::look);
  }

  private void timeOut() {
    if (verb.force()) {
      process.kill();
    }
    process.afterwards(() -> answer(verb.force() ? Outcome.KILLED : Outcome.TIMED_OUT));
  }

  private void end(Outcome outcome) {
    over = true;
    whenOver.accept(this);
    answer(outcome);
  }

  private void answer(Outcome outcome) {
    var answered = client;
    leave();
    if (answered != null) {
      answered.accept(outcome);
    }
  }
}
