package org.usersvc.daemon.lifecycle;

/** The timers that the state machine arms, at most one of each for a supervised process. */
public enum Timer {
  /** Ends the restart delay. */
  RESTART,
  /** Kills a process that was to stop and has not stopped. */
  KILL,
  /** Fires when finish takes longer than timeout-finish. */
  FINISH
}
