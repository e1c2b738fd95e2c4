package org.usersvc.daemon.view;

/** When a request counts as done (sv.c:213-250). */
public enum Goal {
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
  GONE
}
