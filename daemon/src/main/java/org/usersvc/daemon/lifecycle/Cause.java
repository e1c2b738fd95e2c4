package org.usersvc.daemon.lifecycle;

/** Why the daemon ends a run of its own accord. */
public enum Cause {
  /** It does not. */
  NONE,
  /** What run needs has changed or gone. */
  NEED_CHANGED,
  /** run was not ready in time. */
  LATE,
  /** run has given no sign of life in time. */
  SILENT;

  /** Whether run has not kept what it promised: its end is a failure. */
  boolean isFailure() {
    return this == LATE || this == SILENT;
  }
}
