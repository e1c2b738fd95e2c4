package org.usersvc.systemd.service;

/**
 * The timers of a service, at most one of each. One that is armed anew or disarmed does not fire
 * for its earlier time.
 */
public enum ServiceTimer {
  /** Bounds a command, or what a signal is to bring about. */
  PHASE,
  /** Ends {@code RuntimeMaxSec=}. */
  RUNTIME,
  /** Ends {@code WatchdogSec=} since the last sign of life. */
  WATCHDOG,
  /** Ends {@code RestartSec=}. */
  RESTART
}
