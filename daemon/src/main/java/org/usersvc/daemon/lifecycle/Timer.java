package org.usersvc.daemon.lifecycle;

/** The timers that one supervised process can have, at most one of each. */
public enum Timer {
  /** Ends the restart delay. */
  RESTART,
  /** Kills a process that was to stop and has not stopped. */
  KILL,
  /** Fires when finish takes longer than timeout-finish. */
  FINISH,
  /** Fires when run is not ready after timeout-ready. */
  READY,
  /** Fires when run has sent no sign of life in time. */
  WATCHDOG
}
