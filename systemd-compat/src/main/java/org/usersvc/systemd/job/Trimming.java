package org.usersvc.systemd.job;

import java.util.List;
import org.usersvc.systemd.syntax.UnitName;

/** Removes from a draft what is not to be done: needless jobs, and jobs that do harm. */
final class Trimming {
  private final UnitGraph graph;
  private final QueuedJobs queued;

  Trimming(UnitGraph graph, QueuedJobs queued) {
    this.graph = graph;
    this.queued = queued;
  }

  /**
   * Drops jobs that are only wished for if they would stop what runs or undo a queued job. Source:
   * {@code transaction.c:561}.
   */
  void minimizeImpact(Draft draft) {
    for (var unit : draft.units()) {
      for (var job : List.copyOf(draft.on(unit))) {
        if (!job.matters() && doesHarm(job)) {
          draft.drop(job);
        }
      }
    }
  }

  private boolean doesHarm(DraftJob job) {
    boolean stops = job.type() == JobType.STOP && graph.state(job.unit()).isActiveOrActivating();
    return stops || undoesQueued(job.unit(), job.type());
  }

  /** Drops the jobs of units that are already as all their jobs would leave them. */
  void dropRedundant(Draft draft) {
    for (var unit : draft.units()) {
      var jobs = List.copyOf(draft.on(unit));
      if (jobs.stream().allMatch(job -> job != draft.anchor() && isRedundant(job))) {
        jobs.forEach(draft::remove);
      }
    }
    draft.removeUnreachable();
  }

  private boolean isRedundant(DraftJob job) {
    return job.type().isRedundantIn(graph.state(job.unit()))
        && !undoesQueued(job.unit(), job.type());
  }

  private boolean undoesQueued(UnitName unit, JobType type) {
    return queued.jobOf(unit).filter(job -> job.type().conflictsWith(type)).isPresent();
  }
}
