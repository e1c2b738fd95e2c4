package org.usersvc.systemd.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Relation;

/**
 * The steps from a request to a plan: add all jobs; mark what matters; drop harm (mode fail) and
 * what is redundant; break circles of order; resolve contradictions; merge; refuse what would undo
 * queued jobs.
 *
 * <p>Source: {@code transaction.c:696}.
 */
final class TransactionBuilder {
  private final JobRequest request;
  private final UnitGraph graph;
  private final QueuedJobs queued;
  private final Draft draft;
  private final Trimming trimming;

  TransactionBuilder(JobRequest request, UnitGraph graph, QueuedJobs queued) {
    this.request = request;
    this.graph = graph;
    this.queued = queued;
    var type = request.type().collapsed(graph.state(request.unit()));
    draft = new Draft(request.unit(), type);
    trimming = new Trimming(graph, queued);
  }

  Transaction.Planning build() {
    var refusal =
        new Admission(graph).refusal(request).or(this::addAll).or(this::refine).or(this::undoneJob);
    return refusal
        .<Transaction.Planning>map(Transaction.Refused::new)
        .orElseGet(() -> new Transaction.Planned(plan()));
  }

  private Optional<Refusal> addAll() {
    var walk = new DependencyWalk(graph, draft, Transaction.MOST_JOBS);
    return switch (request.mode()) {
      case IGNORE_DEPENDENCIES, IGNORE_REQUIREMENTS -> Optional.empty();
      case FAIL, LENIENT, REPLACE, REPLACE_IRREVERSIBLY, FLUSH -> walk.followAll();
      case ISOLATE -> walk.followAll().or(() -> walk.stopAll(othersToStop()));
      case TRIGGERING -> walk.followAll().or(walk::stopTriggers);
      case RESTART_DEPENDENCIES -> walk.followAll().or(walk::restartDependents);
    };
  }

  private List<UnitName> othersToStop() {
    var others = new ArrayList<UnitName>();
    for (var unit : graph.units()) {
      boolean idle = graph.state(unit).isInactiveOrFailed() && queued.jobOf(unit).isEmpty();
      if (!idle && !draft.has(unit) && !graph.flags(unit).ignoreOnIsolate() && !isPulled(unit)) {
        others.add(unit);
      }
    }
    return others;
  }

  /** A unit whose trigger stays goes on too. */
  private boolean isPulled(UnitName unit) {
    return graph.related(unit, Relation.TRIGGERED_BY).stream().anyMatch(draft::has);
  }

  private Optional<Refusal> refine() {
    draft.markWhatMatters();
    if (request.mode() == JobMode.FAIL) {
      trimming.minimizeImpact(draft);
    }
    trimming.dropRedundant(draft);
    var refusal = Optional.<Refusal>empty();
    int before = -1;
    while (refusal.isEmpty() && draft.size() != before) {
      before = draft.size();
      refusal = breakCircles().or(() -> new ConflictResolution(draft).resolve());
      draft.removeUnreachable();
    }
    trimming.dropRedundant(draft);
    return refusal;
  }

  private Optional<Refusal> breakCircles() {
    boolean clears = request.mode() == JobMode.FLUSH || request.mode() == JobMode.ISOLATE;
    return ignoresOrder()
        ? Optional.empty()
        : new OrderCheck(graph, draft, queued, job -> !clears || job.irreversible()).breakCircles();
  }

  private Optional<Refusal> undoneJob() {
    for (var unit : draft.units()) {
      var type = mergedType(unit);
      var undone =
          queued
              .jobOf(unit)
              .filter(job -> job.irreversible() || request.mode() == JobMode.FAIL)
              .map(Job::type)
              .filter(type::conflictsWith);
      if (undone.isPresent()) {
        return Optional.of(new Refusal.Destructive(unit, type, undone.get()));
      }
      if (request.mode() == JobMode.LENIENT && stopsAnother(unit, type)) {
        return Optional.of(new Refusal.StopsAnother(unit));
      }
    }
    return Optional.empty();
  }

  private boolean stopsAnother(UnitName unit, JobType type) {
    return type == JobType.STOP
        && !unit.equals(request.unit())
        && graph.state(unit).isActiveOrActivating();
  }

  private Transaction plan() {
    boolean irreversible = request.mode() == JobMode.REPLACE_IRREVERSIBLY;
    var jobs =
        draft.units().stream()
            .map(unit -> new PlannedJob(unit, mergedType(unit), irreversible, ignoresOrder()))
            .toList();
    return new Transaction(request.unit(), request.mode(), jobs);
  }

  private JobType mergedType(UnitName unit) {
    return draft.on(unit).stream()
        .map(DraftJob::type)
        .reduce((one, other) -> one.mergedWith(other).orElse(one))
        .orElse(JobType.NOP)
        .collapsed(graph.state(unit));
  }

  private boolean ignoresOrder() {
    return request.mode() == JobMode.IGNORE_DEPENDENCIES;
  }
}
