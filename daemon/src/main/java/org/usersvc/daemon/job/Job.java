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
 * One verb for one process, until its goal is reached or cannot be reached any more. A client may
 * wait for it; while it waits, check is asked, too.
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
   * The parts that all jobs use.
   *
   * @param whenOver called when the job is over
   * @param whenLeft called when no client waits any more and the job is not over
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

  /** Gives the process the commands of the verb; no earlier command may wait then. */
  void tell() {
    startsBefore = process.history().starts();
    for (var command : Command.ofLetters(verb.letters())) {
      told = true;
      process.tell(command);
    }
  }

  /** Whether the process was given a command. */
  boolean hasTold() {
    return told;
  }

  /** Makes the client wait, for so long at most; the job itself has no such bound. */
  void await(Duration patience, Consumer<Outcome> reply) {
    client = reply;
    deadline.set(patience, this::timeOut);
  }

  /** Ends the waiting: the client has gone, or is answered. */
  void leave() {
    client = null;
    deadline.clear();
    checkAgain.clear();
    if (checking) {
      checking = false;
      endCheck.run();
    }
    look(); // the answer of check is not awaited any more
    if (!over) {
      whenLeft.accept(this);
    }
  }

  /** Looks whether the job is over; to be called when the process has changed. */
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
