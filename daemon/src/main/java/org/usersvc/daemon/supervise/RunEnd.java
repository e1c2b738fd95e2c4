package org.usersvc.daemon.supervise;

import java.time.Duration;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Next;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;

/**
 * What the end of run's process means. Mostly that run has ended. But setsid(1) forks if it leads a
 * process group, as run does, ends at once, and leaves its child to go on in a session of its own:
 * that child is run then, and what is told to the service is told to it. <b>Loop thread only.</b>
 */
final class RunEnd {
  /** What ends later has done more than to hand over, and may leave what it has started. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final int MOST_LOOKS = 20;
  private static final int NOBODY = 0;
  private static final int UNDECIDED = -1;

  private final Supervised owner;
  private final Shared shared;
  private final Platform platform;

  /** The process that has ended, while it is not known yet whether another goes on. */
  private int awaited;

  RunEnd(Supervised owner, Shared shared) {
    this.owner = owner;
    this.shared = shared;
    this.platform = shared.platform();
  }

  /** The process of run has ended; one that run has named another in place of is of no interest. */
  void ended(int pid, ExitStatus status) {
    if (isOf(pid) && awaited != pid) {
      boolean mayGoOn =
          status.success()
              && !owner.definition().oneshot()
              && !owner.isEnding()
              && owner.history().ranFor().compareTo(SOON) < 0;
      if (mayGoOn) {
        look(pid, status, MOST_LOOKS);
      } else {
        over(status);
      }
    }
  }

  private boolean isOf(int pid) {
    return owner.state().phase().pidOrZero() == pid;
  }

  private void look(int pid, ExitStatus status, int left) {
    awaited = NOBODY;
    if (!isOf(pid)) {
      return;
    }
    int successor = successorOf(pid);
    if (successor > NOBODY) {
      owner.performer().takeForRun(successor);
      continuedBy(successor);
      if (owner.isEnding()) { // it has been told so when nobody was there
        platform.processes().signal(successor, Signal.TERM);
      }
    } else if (successor == UNDECIDED && left > 0) {
      awaited = pid;
      platform.loop().timers().after(LOOK_AGAIN, () -> look(pid, status, left - 1));
    } else {
      over(status);
    }
  }

  /**
   * The child that run's process has left to us, and that leads a session by now.
   *
   * @return {@link #UNDECIDED} if there is one in run's own session, which is what setsid(1) has
   *     left for a moment
   */
  private int successorOf(int pid) {
    int self = (int) ProcessHandle.current().pid();
    var left = new Strays(platform.files());
    try {
      for (int each : ProcessStat.orphansOf(platform.files(), self)) {
        var stat = each == self ? null : ProcessStat.of(platform.files(), each);
        if (stat != null && stat.parent() == self && !stat.isZombie()) {
          if (stat.session() == pid) {
            return UNDECIDED;
          }
          if (!shared.children().knows(each)) {
            left.consider(each);
          }
        }
      }
      return newestRun(left);
    } catch (FileFault ignored) { // no /proc: nobody is known
      return NOBODY;
    }
  }

  private int newestRun(Strays left) throws FileFault {
    var found = left.marked(owner.keyText());
    if (found.isEmpty()) { // env -i takes the mark away
      var directory = platform.files().stat(owner.directory().descriptor()).id();
      found = left.unmarked(owner.service().id(), directory, owner.isLogger(), 0);
    }
    found.removeIf(Strays.Stray::finish);
    return found.isEmpty() ? NOBODY : found.getLast().identity().pid();
  }

  private void over(ExitStatus status) {
    boolean late = owner.readiness().isLate();
    boolean asked = !late && owner.isEnding() && owner.state().wanted() == Wanted.UP;
    owner.readiness().end();
    if (owner.definition().oneshot() && status.success() && !asked && !late) {
      owner.feed(new Event.RunCompleted());
    } else {
      var next = asked ? Next.AGAIN : owner.treatment().after(status, late);
      owner.feed(new Event.RunEnded(status, owner.history().ranFor(), next));
    }
  }

  /** Another process of the service is the one to be supervised from now on. */
  void continuedBy(int pid) {
    shared.children().onEnd(pid, status -> ended(pid, status));
    var watched = platform.processes().onEndOf(pid, status -> ended(pid, status));
    owner.feed(new Event.MainProcess(pid));
    if (watched == null && ProcessStat.of(platform.files(), pid) == null) {
      ended(pid, ExitStatus.UNKNOWN);
    }
  }
}
