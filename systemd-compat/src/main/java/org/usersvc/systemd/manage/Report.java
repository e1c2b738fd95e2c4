package org.usersvc.systemd.manage;

import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobRequest;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;

/** What happened to a unit or to a job and has not been processed yet. Immutable. */
sealed interface Report {
  record Changed(KnownUnit unit, UnitState now, boolean reloadFailed) implements Report {}

  record Finished(KnownUnit unit, Work.Action action, JobResult result) implements Report {}

  record Deferred(KnownUnit unit, Work.Action action) implements Report {}

  record Requested(JobRequest request) implements Report {}

  record Shown(KnownUnit unit) implements Report {}

  record Noted(KnownUnit unit) implements Report {}

  /** A job has taken too long. */
  record TimedOut(int job) implements Report {}
}
