package org.usersvc.daemon.job;

import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.supervise.Supervised;

/** When a verb counts as done (sv.c:213-250). */
enum Goal {
  /** At once. */
  NONE,
  /** run lives and is ready, or has been completed, and check agrees. */
  UP,
  /** Neither run nor finish lives. */
  DOWN,
  /** The process was started, and is not to be started again. */
  ONCE,
  /** A new run lives, and check agrees; or the process is down and not wanted up. */
  RESTARTED,
  /** check agrees, if run lives. */
  CHECKED,
  /** The process is supervised no longer. */
  GONE;

  /** Whether the process has reached the goal; check is not asked. */
  boolean reached(Supervised process, long startsBefore) {
    var phase = process.state().phase();
    boolean running = phase instanceof Phase.Running;
    boolean completed = phase instanceof Phase.Completed;
    boolean down = process.status().shown() == Status.Shown.DOWN && !completed;
    boolean wantedUp = process.state().wanted() == Wanted.UP;
    boolean startedSince = process.history().starts() > startsBefore;
    return switch (this) {
      case NONE, CHECKED -> true;
      case UP -> phase.isUp();
      case DOWN -> down;
      case ONCE -> startedSince || (running && !wantedUp) || completed;
      case RESTARTED -> phase.isUp() ? startedSince : down && !wantedUp;
      case GONE -> process.isClosed();
    };
  }

  /** Whether the process cannot reach the goal any more without another command. */
  boolean lost(Supervised process, long startsBefore) {
    if (process.isClosed() || process.state().phase() instanceof Phase.Gone) {
      return this != GONE && this != DOWN;
    }
    if (!(process.state().phase() instanceof Phase.Down down)) {
      return false;
    }
    boolean ended =
        process.history().starts() > startsBefore && process.state().wanted() != Wanted.UP;
    return ended && (this == UP || (this == RESTARTED && down.failed()));
  }

  /** Whether check is asked once the process has reached the goal. */
  boolean asksCheck(Supervised process) {
    boolean running = process.state().phase() instanceof Phase.Running;
    return running && (this == UP || this == RESTARTED || this == CHECKED);
  }
}
