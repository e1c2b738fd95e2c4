package org.usersvc.systemd.engine;

import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.Refusal;

/** What became of a request. Immutable. */
public sealed interface Asked {
  /** It has this job, new or joined; its {@code JobNew} is told already, its end will be later. */
  record Queued(Job job) implements Asked {}

  /** Nothing has changed. */
  record Refused(Refusal reason) implements Asked {}
}
