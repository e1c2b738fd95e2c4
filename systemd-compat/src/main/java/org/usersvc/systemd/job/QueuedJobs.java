package org.usersvc.systemd.job;

import java.util.Collection;
import java.util.Optional;
import org.usersvc.systemd.syntax.UnitName;

/** The jobs that are queued, for reading. A unit has at most one job, besides a {@code NOP}. */
public interface QueuedJobs {
  /** The job of a unit; a {@code NOP} does not count. */
  Optional<Job> jobOf(UnitName unit);

  /** All jobs by their ids. */
  Collection<Job> jobs();
}
