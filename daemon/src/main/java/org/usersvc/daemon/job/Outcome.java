package org.usersvc.daemon.job;

/** How a job went for the client that waited. */
public enum Outcome {
  /** The job is done. */
  DONE,
  /** The service waits for a variable or a login, and starts when that comes. */
  WAITS,
  /** The job was not done in time; it goes on. */
  TIMED_OUT,
  /** The job was not done in time, and the process was killed. */
  KILLED,
  /** Run has ended unasked, cannot be started, or waits in vain; the view tells what follows. */
  FAILED,
  /** Supervision ended before the job was done. */
  GONE
}
