package org.usersvc.daemon.job;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.view.Commanded;

/**
 * One verb for one process, until its goal is reached or cannot be reached any more. A client may
 * wait for it; while it waits, check is asked, too.
 */
final class Job {
  private final Commanded service;
  private final Verb verb;
  private final Trial trial;
  private long startsBefore;
  private final Consumer<Job> whenOver;
  private final Consumer<Job> whenLeft;
  private final Alarm deadline;
  private final Alarm checkAgain;
  private @Nullable Consumer<Outcome> client;
  private Runnable endCheck = () -> {};
  private boolean commanded;
  private boolean stays = true;
  private boolean checking;
  private boolean over;

  /**
   * The parts that all jobs use.
   *
   * @param whenOver called when the job is over
   * @param whenLeft called when no client waits any more and the job is not over
   */
  record Parts(Timers timers, Consumer<Job> whenOver, Consumer<Job> whenLeft) {}

  Job(Commanded service, Verb verb, Parts parts) {
    this.service = service;
    this.verb = verb;
    this.whenOver = parts.whenOver();
    this.whenLeft = parts.whenLeft();
    this.trial = new Trial(service, parts.timers(), this::look);
    this.deadline = new Alarm(parts.timers());
    this.checkAgain = new Alarm(parts.timers());
  }

  Commanded service() {
    return service;
  }

  Verb verb() {
    return verb;
  }

  boolean isOver() {
    return over;
  }

  boolean isAwaited() {
    return client != null;
  }

  /** Gives the process the commands of the verb; no earlier command may wait then. */
  void command() {
    startsBefore = service.view().starts();
    commanded = !verb.letters().isEmpty();
    trial.begin(verb.goal());
    service.command(verb.letters());
  }

  /** Whether the process was given a command. */
  boolean hasCommanded() {
    return commanded;
  }

  /** Makes the client wait, for so long at most; the job itself has no such bound. */
  void await(Duration patience, Consumer<Outcome> reply) {
    client = reply;
    deadline.set(patience, this::timeOut);
  }

  /** What only waits for a variable or a login is answered at once. */
  void leaveWhatOnlyWaits() {
    stays = false;
  }

  /** Ends the waiting: the client has gone, or is answered. */
  void leave() {
    client = null;
    deadline.clear();
    checkAgain.clear();
    trial.end();
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
    if (over) {
      return;
    }
    if (isAwaited() && !stays && verb.startsUp() && tries() && service.view().onlyWaits()) {
      answer(Outcome.WAITS);
      return;
    }
    boolean reached = service.reached(verb.goal(), startsBefore);
    switch (isAwaited() && tries() ? trial.verdict(reached) : Trial.Verdict.PASSED) {
      case OPEN -> {}
      case DONE -> end(Outcome.DONE);
      case FAILED -> end(Outcome.FAILED);
      case PASSED -> decide(reached);
    }
  }

  private boolean tries() {
    return commanded && verb.tries();
  }

  private void decide(boolean reached) {
    if (checking || checkAgain.isSet()) {
      return;
    }
    if (service.lost(verb.goal(), startsBefore)) {
      end(Outcome.GONE);
    } else if (reached && isAwaited() && service.asksCheck(verb.goal())) {
      check();
    } else if (reached) {
      end(Outcome.DONE);
    }
  }

  private void check() {
    checking = true;
    endCheck = service.check(this::checked);
  }

  private void checked(boolean fine) {
    if (!checking) {
      return;
    }
    checking = false;
    if (fine && service.reached(verb.goal(), startsBefore)) {
      end(Outcome.DONE);
      return;
    }
    checkAgain.set(Commanded.CHECK_AGAIN, this::look);
  }

  private void timeOut() {
    if (tries() && service.isSilent() && service.reached(verb.goal(), startsBefore)) {
      end(Outcome.DONE); // there is no time left to look at it
      return;
    }
    if (verb.force()) {
      service.kill();
    }
    service.afterwards(() -> answer(verb.force() ? Outcome.KILLED : Outcome.TIMED_OUT));
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
