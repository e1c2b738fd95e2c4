package org.usersvc.systemd.job;

/**
 * Hears of all changes to the queue, in their order. <b>It must not call the queue.</b> Timers of
 * jobs are the listener's: {@code JobTimeoutSec=} counts from {@link #added}, {@code
 * JobRunningTimeoutSec=} from the first {@link #changed} to running; at the end of one the caller
 * reports {@link JobResult#TIMEOUT}.
 */
public interface JobListener {
  /** A job was queued. */
  void added(Job job);

  /** A job began to run, waits again, or has another type. */
  void changed(Job job);

  /** A job left the queue. */
  void removed(Job job, JobResult result);
}
