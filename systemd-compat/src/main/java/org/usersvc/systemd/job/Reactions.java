package org.usersvc.systemd.job;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.RestartSettings;

/**
 * What other units have to do at once when a unit has a new state or a job ends. A request that is
 * refused is of no further consequence.
 *
 * <p>Source: systemd.unit(5), {@code OnFailure=}, {@code BindsTo=}, {@code PropagatesStopTo=};
 * {@code unit.c:2711}.
 */
public final class Reactions {
  private final UnitGraph graph;

  public Reactions(UnitGraph graph) {
    this.graph = graph;
  }

  /**
   * Reacts to a new state. A unit that came up without a job pulls its dependencies up, one that
   * went down without a job takes down what is bound to it; then {@code OnFailure=} and {@code
   * OnSuccess=}, unless it restarts itself.
   */
  public List<JobRequest> to(UnitChange change) {
    var requests = new ArrayList<JobRequest>();
    if (change.isUnexpected() && isDown(change.from()) && isUp(change.to())) {
      addForComingUp(change.unit(), requests);
    }
    if (change.isUnexpected() && isUp(change.from()) && isDown(change.to())) {
      stopUnlessDown(
          change.unit(), List.of(Relation.BOUND_BY, Relation.PROPAGATES_STOP_TO), requests);
    }
    if (change.from() != change.to() && !change.restartsItself()) {
      requests.addAll(afterEnd(change));
    }
    return requests;
  }

  /** Reacts to the end of a job; that a unit failed is not seen here but by its state. */
  public List<JobRequest> to(Job job, JobResult result) {
    boolean failedWithoutState = result == JobResult.DEPENDENCY || result == JobResult.TIMEOUT;
    return failedWithoutState ? outcome(job.unit(), Relation.ON_FAILURE) : List.of();
  }

  /**
   * The request for {@code Restart=}: a restart, so that what is bound to the unit or part of it
   * follows; where other units are not to notice, a start.
   */
  public static JobRequest restart(UnitName unit, RestartSettings.Mode mode) {
    var type =
        switch (mode) {
          case NORMAL, DEBUG -> JobType.RESTART;
          case DIRECT -> JobType.START;
        };
    return JobRequest.own(type, unit, JobMode.REPLACE);
  }

  private List<JobRequest> afterEnd(UnitChange change) {
    return switch (change.to()) {
      case FAILED -> outcome(change.unit(), Relation.ON_FAILURE);
      case INACTIVE ->
          change.from().isInactiveOrFailed()
              ? List.of()
              : outcome(change.unit(), Relation.ON_SUCCESS);
      case ACTIVE, RELOADING, ACTIVATING, DEACTIVATING -> List.of();
    };
  }

  private List<JobRequest> outcome(UnitName unit, Relation relation) {
    var flags = graph.flags(unit);
    var mode =
        relation == Relation.ON_FAILURE ? flags.onFailureJobMode() : flags.onSuccessJobMode();
    return graph.related(unit, relation).stream()
        .map(other -> JobRequest.own(JobType.START, other, mode))
        .toList();
  }

  private void addForComingUp(UnitName unit, List<JobRequest> requests) {
    startUnlessUp(unit, List.of(Relation.REQUIRES, Relation.BINDS_TO), JobMode.REPLACE, requests);
    startUnlessUp(unit, List.of(Relation.WANTS, Relation.UPHOLDS), JobMode.FAIL, requests);
    stopUnlessDown(unit, List.of(Relation.CONFLICTS, Relation.CONFLICTED_BY), requests);
  }

  /** What should have been up before is not started any more: the unit does without it already. */
  private void startUnlessUp(
      UnitName unit, List<Relation> relations, JobMode mode, List<JobRequest> requests) {
    var earlier = graph.related(unit, Relation.AFTER);
    for (var relation : relations) {
      for (var other : graph.related(unit, relation)) {
        if (!graph.state(other).isActiveOrActivating() && !earlier.contains(other)) {
          requests.add(JobRequest.own(JobType.START, other, mode));
        }
      }
    }
  }

  private void stopUnlessDown(UnitName unit, List<Relation> relations, List<JobRequest> requests) {
    for (var relation : relations) {
      for (var other : graph.related(unit, relation)) {
        if (!isDown(graph.state(other))) {
          requests.add(JobRequest.own(JobType.STOP, other, JobMode.REPLACE));
        }
      }
    }
  }

  private static boolean isUp(ActiveState state) {
    return state.isActiveOrActivating();
  }

  private static boolean isDown(ActiveState state) {
    return state.isInactiveOrFailed() || state == ActiveState.DEACTIVATING;
  }
}
