package org.usersvc.systemd.engine;

import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobResult;

/**
 * Is notified of all that happens, in order. It must not order anything within these calls. <b>Loop
 * thread only.</b>
 */
public interface News {
  /** A job was queued, before the request for it is answered. */
  default void jobAdded(Job job) {}

  /** A job began to run, waits again, or has another type. */
  default void jobChanged(Job job) {}

  /** A job ended, after the request for it was answered. */
  default void jobRemoved(Job job, JobResult result) {}

  /** A unit is known now. */
  default void unitAdded(UnitRecord unit) {}

  /** A unit was forgotten. */
  default void unitRemoved(UnitRecord unit) {}

  /** A unit has another state, another job, or another value that doors show. */
  default void unitChanged(UnitRecord unit) {}

  /** A unit has another value that no door shows, but the next daemon has to know. */
  default void unitNoted(UnitRecord unit) {}

  /** All files are read anew. */
  default void reloading(boolean begins) {}
}
