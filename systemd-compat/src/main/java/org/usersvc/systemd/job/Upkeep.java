package org.usersvc.systemd.job;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Relation;

/**
 * Rules that hold all the time: a unit that nobody needs stops ({@code StopWhenUnneeded=}), one
 * that somebody upholds runs, one that is bound to an inactive one stops. The caller says which
 * units changed, and asks for the requests after the jobs had their turn.
 *
 * <p>A unit that fails again and again is asked for again and again: how often is the caller's
 * limit. Source: systemd.unit(5); {@code manager.c:3270}. <b>One thread only.</b>
 */
public final class Upkeep {
  private static final List<Relation> NEEDERS =
      List.of(
          Relation.REQUIRED_BY,
          Relation.REQUISITE_OF,
          Relation.WANTED_BY,
          Relation.BOUND_BY,
          Relation.UPHELD_BY);

  private static final List<Relation> CONCERNED =
      List.of(
          Relation.REQUIRES,
          Relation.REQUISITE,
          Relation.WANTS,
          Relation.BINDS_TO,
          Relation.UPHOLDS,
          Relation.BOUND_BY);

  private final UnitGraph graph;
  private final QueuedJobs jobs;
  private Set<UnitName> touched = new LinkedHashSet<>();

  public Upkeep(UnitGraph graph, QueuedJobs jobs) {
    this.graph = graph;
    this.jobs = jobs;
  }

  /** The state of a unit changed, or a job of it ended. */
  public void touch(UnitName unit) {
    touched.add(unit);
    CONCERNED.forEach(relation -> touched.addAll(graph.related(unit, relation)));
  }

  /** The requests for all units touched since the last call. */
  public List<JobRequest> requests() {
    var requests = new ArrayList<JobRequest>();
    var units = touched;
    touched = new LinkedHashSet<>();
    for (var unit : units) {
      if (jobs.jobOf(unit).isEmpty()) {
        upheld(unit).or(() -> unbound(unit)).or(() -> unneeded(unit)).ifPresent(requests::add);
      }
    }
    return requests;
  }

  private Optional<JobRequest> upheld(UnitName unit) {
    boolean isUpheld =
        graph.state(unit).isInactiveOrFailed()
            && any(unit, Relation.UPHELD_BY, other -> graph.state(other).isActive());
    return when(isUpheld, JobRequest.own(JobType.START, unit, JobMode.FAIL));
  }

  private Optional<JobRequest> unbound(UnitName unit) {
    boolean isUnbound =
        graph.state(unit).isActiveOrActivating() && any(unit, Relation.BINDS_TO, this::isGone);
    return when(isUnbound, JobRequest.own(JobType.STOP, unit, JobMode.REPLACE));
  }

  private boolean isGone(UnitName unit) {
    return jobs.jobOf(unit).isEmpty()
        && graph.state(unit).isInactiveOrFailed()
        && !graph.restartsItself(unit);
  }

  private Optional<JobRequest> unneeded(UnitName unit) {
    boolean isUnneeded =
        graph.flags(unit).stopWhenUnneeded()
            && graph.state(unit).isActive()
            && NEEDERS.stream().noneMatch(relation -> any(unit, relation, this::needs));
    return when(isUnneeded, JobRequest.own(JobType.STOP, unit, JobMode.FAIL));
  }

  private boolean needs(UnitName unit) {
    boolean isPending =
        jobs.jobOf(unit)
            .filter(job -> job.type().wantsUp() || job.type() == JobType.RESTART)
            .isPresent();
    return isPending || !graph.state(unit).isInactiveOrFailed() || graph.restartsItself(unit);
  }

  private boolean any(UnitName unit, Relation relation, Predicate<UnitName> condition) {
    return graph.related(unit, relation).stream().anyMatch(condition);
  }

  private static Optional<JobRequest> when(boolean condition, JobRequest request) {
    return condition ? Optional.of(request) : Optional.empty();
  }
}
