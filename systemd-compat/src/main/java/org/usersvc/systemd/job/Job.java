package org.usersvc.systemd.job;

import org.usersvc.systemd.syntax.UnitName;

/**
 * A queued job. Immutable.
 *
 * @param id greater than that of each job before it; never 0
 * @param irreversible whether a conflicting job is refused, unless this one is cancelled by id
 * @param ignoresOrder whether it waits for no other job
 */
public record Job(
    int id,
    UnitName unit,
    JobType type,
    JobState state,
    boolean irreversible,
    boolean ignoresOrder) {
  boolean isRunning() {
    return state == JobState.RUNNING;
  }

  Job withState(JobState other) {
    return new Job(id, unit, type, other, irreversible, ignoresOrder);
  }

  Job withType(JobType other) {
    return new Job(id, unit, other, state, irreversible, ignoresOrder);
  }

  /** This job after a new one for the same unit joined it. */
  Job joinedBy(PlannedJob other, JobType merged) {
    boolean goesOn = state == JobState.RUNNING && goesOnWith(other.type());
    return new Job(
        id,
        unit,
        merged,
        goesOn ? JobState.RUNNING : JobState.WAITING,
        irreversible || other.irreversible(),
        ignoresOrder || other.ignoresOrder());
  }

  /** A reload that runs may have read its files already, so that a second one has to run again. */
  private boolean goesOnWith(JobType other) {
    return other != JobType.RELOAD && type.includes(other);
  }
}
