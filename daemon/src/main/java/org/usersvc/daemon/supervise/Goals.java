package org.usersvc.daemon.supervise;

import java.time.Duration;
import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.Goal;

/** What the goals of requests mean for a supervised process (sv.c:213-250). */
final class Goals {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private Goals() {}

  /** Whether the process has reached the goal; check is not asked. */
  static boolean reached(Owner process, Goal goal, long startsBefore) {
    var phase = process.state().phase();
    boolean running = phase instanceof Phase.Running;
    boolean completed = phase instanceof Phase.Completed;
    boolean down = process.status().shown() == Status.Shown.DOWN && !completed;
    boolean wantedUp = process.state().wanted() == Wanted.UP;
    boolean startedSince = process.history().starts() > startsBefore;
    return switch (goal) {
      case NONE, CHECKED -> true;
      case UP -> phase.isUp() || hasRun(process, startsBefore);
      case DOWN -> down;
      case ONCE -> startedSince || (running && !wantedUp) || completed;
      case RESTARTED -> phase.isUp() ? startedSince : down && !wantedUp;
      case GONE -> process.isClosed();
    };
  }

  /** Whether the process cannot reach the goal any more without another command. */
  static boolean lost(Owner process, Goal goal, long startsBefore) {
    if (process.isClosed() || process.state().phase() instanceof Phase.Gone) {
      return goal != Goal.GONE && goal != Goal.DOWN;
    }
    if (process.state().wanted().leaves()) {
      return startsAnew(goal) && !reached(process, goal, startsBefore);
    }
    if (!(process.state().phase() instanceof Phase.Down down)) {
      return false;
    }
    boolean ended =
        process.history().starts() > startsBefore && process.state().wanted() != Wanted.UP;
    boolean fine = reached(process, goal, startsBefore);
    return ended && !fine && (goal == Goal.UP || (goal == Goal.RESTARTED && down.failed()));
  }

  /** Whether one that is down but at its times has run to its end meanwhile. */
  private static boolean hasRun(Owner process, long startsBefore) {
    return process.definition().isScheduled()
        && process.history().starts() > startsBefore
        && process.state().wanted() != Wanted.UP
        && process.state().phase() instanceof Phase.Down down
        && !down.failed();
  }

  private static boolean startsAnew(Goal goal) {
    return switch (goal) {
      case UP, ONCE, RESTARTED -> true;
      case NONE, DOWN, CHECKED, GONE -> false;
    };
  }

  /** Whether run lives and gives no sign of being ready. */
  static boolean isSilent(Owner process) {
    var definition = process.definition();
    boolean tells =
        definition.oneshot()
            || definition.readiness().notifies()
            || definition.readiness().descriptor() != 0
            || process.directory().hasCheck();
    return !tells && process.state().phase() instanceof Phase.Running;
  }

  /**
   * How long a silent run is still to be looked at.
   *
   * @param open whether its process has ended, and another one may go on
   */
  static Duration probation(Owner process, boolean open) {
    if (!isSilent(process)) {
      return Duration.ZERO;
    }
    var left = Commanded.PROBATION.minus(process.history().age());
    return left.isPositive() ? left : open ? LOOK_AGAIN : Duration.ZERO;
  }

  /** Whether check is asked once the process has reached the goal. */
  static boolean asksCheck(Owner process, Goal goal) {
    boolean asks =
        switch (goal) {
          case UP, RESTARTED, CHECKED -> true;
          case NONE, DOWN, ONCE, GONE -> false;
        };
    return asks
        && process.state().phase() instanceof Phase.Running
        && process.directory().hasCheck();
  }
}
