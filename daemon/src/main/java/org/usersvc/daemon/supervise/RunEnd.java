package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.function.IntPredicate;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.platform.Platform;

/**
 * Interprets the end of run's process. Mostly run has ended. But setsid(1) forks if it leads a
 * process group, as run does; it ends at once, and its child goes on in a session of its own. That
 * child is run then, and gets the commands for the service. <b>Loop thread only.</b>
 */
final class RunEnd {
  /** A process that ends later did more than hand over; its children may be leftovers. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final int MOST_LOOKS = 20;

  private final Owner owner;
  private final Platform platform;
  private final IntPredicate isRun;
  private final RunGroup group;
  private final Readiness readiness;

  /** The process that has ended, while its successor is not decided yet. */
  private int awaited;

  private record End(int pid, ExitStatus status, boolean soon) {}

  /**
   * Waits for the end of run.
   *
   * @param isRun whether a process is the run of some service, or of its logger
   */
  RunEnd(Owner owner, Platform platform, IntPredicate isRun, RunGroup group, Readiness readiness) {
    this.owner = owner;
    this.platform = platform;
    this.isRun = isRun;
    this.group = group;
    this.readiness = readiness;
  }

  /** The process of run has ended; ignored if run has named another main process. */
  void ended(int pid, ExitStatus status) {
    if (isOf(pid) && awaited != pid) {
      boolean mayGoOn =
          status.success() && !owner.definition().oneshot() && !owner.state().phase().isEnding();
      if (mayGoOn) {
        boolean soon = owner.history().ranFor().compareTo(SOON) < 0;
        look(new End(pid, status, soon), MOST_LOOKS);
      } else {
        over(status);
      }
    }
  }

  /** Whether run's process has ended, and it is not decided yet whether another one goes on. */
  boolean isOpen() {
    return awaited != Successors.NOBODY;
  }

  private boolean isOf(int pid) {
    return owner.state().phase().pidOrZero() == pid;
  }

  private void look(End end, int left) {
    awaited = Successors.NOBODY;
    if (!isOf(end.pid())) {
      return;
    }
    var successors = new Successors(owner, platform, isRun);
    int successor = successors.of(end.pid(), end.soon(), left == 0);
    if (successor > Successors.NOBODY) {
      group.lead(successor);
      continuedBy(successor);
      if (owner.state().phase().isEnding()) { // it was commanded to end when it had no process
        platform.processes().signal(successor, Signal.TERM);
      }
    } else if (successor == Successors.UNDECIDED) {
      awaited = end.pid();
      platform.loop().timers().after(LOOK_AGAIN, () -> look(end, left - 1));
    } else {
      endBackground(end, successors);
      over(end.status());
    }
  }

  /** Names what run has put into the background, and ends it: run is about to start again. */
  private void endBackground(End end, Successors successors) {
    String names = successors.background();
    if (!names.isEmpty()) {
      owner.history().leftBehind(names);
      for (int each : successors.backgroundGroups()) {
        if (each != end.pid()) { // the rest of that group is ended anyway
          group.end(each);
        }
      }
    }
  }

  private void over(ExitStatus status) {
    readiness.end();
    owner.feed(new Event.RunEnded(status, owner.history().ranFor()));
  }

  /** Whether the event is the successful, unasked end of a oneshot. */
  boolean completes(Event event) {
    return event instanceof Event.RunEnded ended
        && owner.rules().complete(owner.state().phase(), ended.status());
  }

  /** From now on another process of the service is the supervised one. */
  void continuedBy(int pid) {
    var watched = platform.processes().onEndOf(pid, this::ended);
    owner.feed(new Event.MainProcess(pid));
    if (watched == null) {
      over(ExitStatus.UNKNOWN);
    }
  }
}
