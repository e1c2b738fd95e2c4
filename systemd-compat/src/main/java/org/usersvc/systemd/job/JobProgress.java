package org.usersvc.systemd.job;

import java.util.Optional;
import org.usersvc.systemd.unit.ActiveState;

/**
 * What the new state of a unit means for its job. Immutable.
 *
 * @param result how the job ended; empty if it goes on
 * @param isUnexpected whether the job does not explain the new state
 */
record JobProgress(Optional<JobResult> result, boolean isUnexpected) {
  private static final JobProgress GOES_ON = new JobProgress(Optional.empty(), false);

  /**
   * @param now the new state of the job's unit
   * @param reloadFailed whether the unit has just ended a reload without success
   */
  static JobProgress of(Job job, ActiveState now, boolean reloadFailed) {
    return switch (job.type()) {
      case START, VERIFY_ACTIVE -> ofStart(job, now);
      case STOP, RESTART -> ofStop(job, now);
      case RELOAD -> ofReload(job, now, reloadFailed);
      case RELOAD_OR_START, TRY_RESTART, TRY_RELOAD, NOP -> GOES_ON;
    };
  }

  private static JobProgress ofStart(Job job, ActiveState now) {
    if (now.isActive()) {
      return ended(JobResult.DONE);
    }
    boolean asExpected = !job.isRunning() || now == ActiveState.ACTIVATING;
    return asExpected ? GOES_ON : unexpected(now);
  }

  private static JobProgress ofStop(Job job, ActiveState now) {
    if (now.isInactiveOrFailed()) {
      return ended(JobResult.DONE);
    }
    boolean asExpected = !job.isRunning() || now == ActiveState.DEACTIVATING;
    return asExpected ? GOES_ON : new JobProgress(Optional.of(JobResult.FAILED), true);
  }

  private static JobProgress ofReload(Job job, ActiveState now, boolean reloadFailed) {
    if (!job.isRunning() || now == ActiveState.RELOADING || now == ActiveState.ACTIVATING) {
      return GOES_ON;
    }
    return now == ActiveState.ACTIVE
        ? ended(reloadFailed ? JobResult.FAILED : JobResult.DONE)
        : unexpected(now);
  }

  private static JobProgress ended(JobResult result) {
    return new JobProgress(Optional.of(result), false);
  }

  private static JobProgress unexpected(ActiveState now) {
    var result = now == ActiveState.FAILED ? JobResult.FAILED : JobResult.DONE;
    return new JobProgress(now.isInactiveOrFailed() ? Optional.of(result) : Optional.empty(), true);
  }
}
