package org.usersvc.daemon.job;

/** How a job went for the client that waited. */
public enum Outcome {
  /** The job is done. */
  DONE,
  /** The job was not done in time; it goes on. */
  TIMED_OUT,
  /** The job was not done in time, and the process was killed. */
  KILLED,
  /** Supervision ended before the job was done. */
  GONE
}
