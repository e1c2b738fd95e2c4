package org.usersvc.daemon.job;

import java.time.Duration;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.Goal;

/**
 * Whether what a request has started goes on: a run that gives no sign of being ready is looked at
 * for a moment, and one that ends unasked, or cannot be started, has failed the request.
 */
final class Trial {
  /** What is known of it. */
  enum Verdict {
    /** Not enough; it is asked again. */
    OPEN,
    /** Nothing speaks against it, if the goal is reached. */
    PASSED,
    /** Run has ended with success, and is to stay down then. */
    DONE,
    /** Run has ended, or could not be started, since the command; or it waits in vain. */
    FAILED
  }

  private final Commanded service;
  private final Runnable again;
  private final Alarm alarm;
  private long failuresBefore;
  private boolean ended;

  /**
   * Begins with no command.
   *
   * @param again asks for the next verdict
   */
  Trial(Commanded service, Timers timers, Runnable again) {
    this.service = service;
    this.again = again;
    this.alarm = new Alarm(timers);
  }

  /** The command is about to be given; after a signal alone, run has to outlive it for a moment. */
  void begin(Goal goal) {
    failuresBefore = service.failures();
    if (goal == Goal.CHECKED && service.isSilent()) {
      alarm.set(Commanded.PROBATION, again);
    }
  }

  /**
   * Judges by what is known now, and looks again later if that may be known then.
   *
   * @param reached whether the goal is reached
   */
  Verdict verdict(boolean reached) {
    if (service.failures() > failuresBefore) {
      var end = afterEnd();
      if (end != Verdict.PASSED) {
        return end;
      }
      failuresBefore = service.failures();
    }
    if (!reached && service.view().obstacle() != null) {
      return Verdict.FAILED;
    }
    var left = reached ? service.probation() : Duration.ZERO;
    if (!left.isZero() && !alarm.isSet()) {
      alarm.set(left, again);
    }
    return alarm.isSet() ? Verdict.OPEN : Verdict.PASSED;
  }

  /** One that is started anew at once is judged by that. A long finish is not waited for. */
  private Verdict afterEnd() {
    return switch (service.view().state()) {
      case "finish" -> whileItFinishes();
      case "starting", "run", "done" -> Verdict.PASSED;
      default -> isDone() ? Verdict.DONE : Verdict.FAILED;
    };
  }

  private Verdict whileItFinishes() {
    if (!ended) {
      ended = true;
      alarm.set(Commanded.PROBATION, again);
    }
    return alarm.isSet() ? Verdict.OPEN : Verdict.FAILED;
  }

  private boolean isDone() {
    var view = service.view();
    var exit = view.lastExit();
    boolean staysDown = view.state().equals("down") && view.wanted().equals("down");
    return staysDown && exit != null && exit.success() && view.leftBehind() == null;
  }

  /** Nobody waits for it any more. */
  void end() {
    alarm.clear();
  }
}
