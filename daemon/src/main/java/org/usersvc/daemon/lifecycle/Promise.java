package org.usersvc.daemon.lifecycle;

/** What a run promises by its definition. */
public enum Promise {
  /** It is ready within timeout-ready. */
  READINESS,
  /** It gives a sign of life as often as it said. */
  LIFE
}
