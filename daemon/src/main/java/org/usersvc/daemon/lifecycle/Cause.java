package org.usersvc.daemon.lifecycle;

/** Why the daemon ends a run of its own accord. */
public enum Cause {
  /** The daemon does not end it. */
  NONE,
  /** Something that run needs has changed or gone. */
  NEED_CHANGED,
  /** run was not ready in time. */
  LATE,
  /** run has given no sign of life in time. */
  SILENT;

  /** Whether run has broken a promise: its end counts as a failure. */
  boolean isFailure() {
    return this == LATE || this == SILENT;
  }
}
