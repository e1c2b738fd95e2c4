package org.usersvc.daemon.supervise;

import org.usersvc.daemon.control.Status;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;

/** When what was asked of a service is done (sv.c:213-250). */
enum Goal {
  /** At once. */
  NONE,
  /** run lives, and check agrees. */
  UP,
  /** Neither run nor finish lives. */
  DOWN,
  /** It was started, and is not to be started again. */
  ONCE,
  /** A new run lives, and check agrees; or none is wanted. */
  RESTARTED,
  /** check agrees, if run lives. */
  CHECKED,
  /** Nothing of the service is supervised any more. */
  GONE;

  /** Whether the process is where the goal wants it, check aside. */
  boolean reached(Supervised process, long startsBefore) {
    boolean running = process.state().phase() instanceof Phase.Running;
    boolean down = process.status().shown() == Status.Shown.DOWN;
    boolean wantedUp = process.state().wanted() == Wanted.UP;
    return switch (this) {
      case NONE, CHECKED -> true;
      case UP -> running;
      case DOWN -> down;
      case ONCE -> process.starts() > startsBefore || (running && !wantedUp);
      case RESTARTED -> running ? process.starts() > startsBefore : down && !wantedUp;
      case GONE -> process.service().isClosed();
    };
  }

  /** Whether nothing can bring the process there any more. */
  boolean lost(Supervised process) {
    return process.service().isClosed() && this != GONE && this != DOWN;
  }

  /** Whether check has a say once the process is there. */
  boolean asksCheck(Supervised process) {
    boolean running = process.state().phase() instanceof Phase.Running;
    return running && (this == UP || this == RESTARTED || this == CHECKED);
  }
}
