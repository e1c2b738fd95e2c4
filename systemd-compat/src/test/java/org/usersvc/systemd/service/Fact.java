package org.usersvc.systemd.service;

/** What is true outside of the state machine. */
enum Fact {
  MAIN_LIVES,
  CONTROL_LIVES,
  /** Other processes of the unit live. */
  OTHERS_LIVE,
  MAIN_ORDERED,
  CONTROL_ORDERED,
  /** The main process has got the last signal. */
  MAIN_KILLED,
  CONTROL_KILLED,
  PHASE_ARMED,
  RUNTIME_ARMED,
  WATCHDOG_ARMED,
  RESTART_ARMED,
  /** The main process of a forking service is looked for. */
  SEARCHING,
  /** An answer is due: there is no process. */
  GONE_DUE,
  /** A run has begun and is not over. */
  BEGUN,
  /** Its commands after the stop have been run. */
  POSTED,
  /** The service was to stop and was not asked to start again. */
  STOPPED
}
