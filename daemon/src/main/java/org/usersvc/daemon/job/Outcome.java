package org.usersvc.daemon.job;

/** How it went with what a client has waited for. */
public enum Outcome {
  /** What was asked is done. */
  DONE,
  /** It is not done within the time; what was asked stays asked. */
  TIMED_OUT,
  /** It was not done within the time and was killed. */
  KILLED,
  /** Supervision ended before it was done. */
  GONE
}
