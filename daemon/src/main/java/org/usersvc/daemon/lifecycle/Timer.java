package org.usersvc.daemon.lifecycle;

/** The timers that one supervised process can have, at most one of each. */
public enum Timer {
  /** Ends the restart delay. */
  RESTART,
  /** What was to stop and has not stopped is killed. */
  KILL,
  /** finish takes longer than timeout-finish. */
  FINISH,
  /** run has not become ready in timeout-ready. */
  READY,
  /** run has not sent its sign of life in time. */
  WATCHDOG
}
