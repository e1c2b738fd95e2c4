package org.usersvc.systemd.job;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usersvc.systemd.job.DraftJob.Strength;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;

/**
 * Adds to a draft all that its jobs pull in.
 *
 * <p>A start pulls in starts of what it requires, binds to, wants and upholds, checks what it has
 * as requisite, and stops what it conflicts with. A stop and a restart propagate to the units that
 * depend on the unit, a reload to those that it names. A job that cannot be, because a unit that it
 * needs cannot be started, is left out with all that need it.
 *
 * <p>Source: systemd.unit(5); {@code transaction.c:933}.
 */
final class DependencyWalk {
  private static final List<Pull> OF_START =
      List.of(
          new Pull(Relation.REQUIRES, JobType.START, Strength.NEED),
          new Pull(Relation.BINDS_TO, JobType.START, Strength.NEED),
          new Pull(Relation.WANTS, JobType.START, Strength.WISH),
          new Pull(Relation.UPHOLDS, JobType.START, Strength.WISH),
          new Pull(Relation.REQUISITE, JobType.VERIFY_ACTIVE, Strength.NEED),
          new Pull(Relation.CONFLICTS, JobType.STOP, Strength.CONFLICT),
          new Pull(Relation.CONFLICTED_BY, JobType.STOP, Strength.WISH));

  private static final List<Pull> OF_STOP =
      List.of(
          new Pull(Relation.REQUIRED_BY, JobType.STOP, Strength.NEED),
          new Pull(Relation.REQUISITE_OF, JobType.STOP, Strength.NEED),
          new Pull(Relation.BOUND_BY, JobType.STOP, Strength.NEED),
          new Pull(Relation.CONSISTS_OF, JobType.STOP, Strength.NEED),
          new Pull(Relation.PROPAGATES_STOP_TO, JobType.STOP, Strength.WISH));

  /** What a restart does besides its start: what depends on the unit is restarted if it runs. */
  private static final List<Pull> OF_RESTART =
      List.of(
          new Pull(Relation.REQUIRED_BY, JobType.TRY_RESTART, Strength.NEED),
          new Pull(Relation.REQUISITE_OF, JobType.TRY_RESTART, Strength.NEED),
          new Pull(Relation.BOUND_BY, JobType.TRY_RESTART, Strength.NEED),
          new Pull(Relation.CONSISTS_OF, JobType.TRY_RESTART, Strength.NEED));

  private static final List<Pull> OF_RELOAD =
      List.of(new Pull(Relation.PROPAGATES_RELOAD_TO, JobType.TRY_RELOAD, Strength.WISH));

  private static final List<Pull> OF_TRIGGERING =
      List.of(new Pull(Relation.TRIGGERED_BY, JobType.STOP, Strength.NEED));

  private final UnitGraph graph;
  private final Draft draft;
  private final Admission admission;
  private final int limit;
  private final ArrayDeque<DraftJob> work = new ArrayDeque<>();
  private final Map<UnitName, Map<JobType, Refusal>> impossible = new HashMap<>();

  DependencyWalk(UnitGraph graph, Draft draft, int limit) {
    this.graph = graph;
    this.draft = draft;
    this.limit = limit;
    admission = new Admission(graph);
    work.add(draft.anchor());
  }

  /** Adds all that is pulled in by the requested job. */
  Optional<Refusal> followAll() {
    while (!work.isEmpty()) {
      var job = work.remove();
      if (draft.contains(job)) {
        var refusal = followFrom(job);
        if (refusal.isPresent() && giveUp(job, refusal.get())) {
          return refusal;
        }
      }
      if (draft.size() > limit) {
        return Optional.of(new Refusal.TooLarge(limit));
      }
    }
    return Optional.empty();
  }

  /** Also restarts what depends on the requested unit and runs. */
  Optional<Refusal> restartDependents() {
    return followEach(draft.anchor(), OF_RESTART).or(this::followAll);
  }

  /** Also stops the units that could start the requested unit again. */
  Optional<Refusal> stopTriggers() {
    return followEach(draft.anchor(), OF_TRIGGERING).or(this::followAll);
  }

  /** Also stops these units, which no dependency names. */
  Optional<Refusal> stopAll(List<UnitName> units) {
    for (var unit : units) {
      draft.anchor().pull(addOrFind(unit, JobType.STOP), Strength.NEED);
    }
    return followAll();
  }

  private Optional<Refusal> followFrom(DraftJob job) {
    return switch (job.type()) {
      case START -> followEach(job, OF_START);
      case STOP -> followEach(job, OF_STOP);
      case RELOAD -> followEach(job, OF_RELOAD);
      case RESTART -> followEach(job, OF_START).or(() -> followEach(job, OF_RESTART));
      case VERIFY_ACTIVE, NOP, RELOAD_OR_START, TRY_RESTART, TRY_RELOAD -> Optional.empty();
    };
  }

  private Optional<Refusal> followEach(DraftJob job, List<Pull> pulls) {
    for (var pull : pulls) {
      for (var unit : graph.related(job.unit(), pull.relation())) {
        var refusal = follow(job, unit, pull);
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    return Optional.empty();
  }

  /** Adds one job that another one pulls in; a refusal only if the other one needs it. */
  private Optional<Refusal> follow(DraftJob by, UnitName unit, Pull pull) {
    var type = pull.type().collapsed(graph.state(unit));
    if (type == JobType.NOP) {
      return Optional.empty();
    }
    if (draft.find(unit, type).isEmpty()) {
      var refusal = impossible(unit, type).or(() -> admission.refusal(unit, type));
      if (refusal.isPresent()) {
        return refusal.filter(reason -> pull.isSpoiledBy(reason));
      }
    }
    by.pull(addOrFind(unit, type), pull.strength());
    return Optional.empty();
  }

  private DraftJob addOrFind(UnitName unit, JobType type) {
    return draft
        .find(unit, type)
        .orElseGet(() -> {
          var job = draft.add(unit, type);
          work.add(job);
          return job;
        });
  }

  private Optional<Refusal> impossible(UnitName unit, JobType type) {
    return Optional.ofNullable(impossible.get(unit)).map(types -> types.get(type));
  }

  /** Leaves out a job and those that need it; true if the requested one is among them. */
  private boolean giveUp(DraftJob job, Refusal refusal) {
    var needing = draft.drop(job).needing();
    for (var lost : needing) {
      impossible.computeIfAbsent(lost.unit(), _ -> new HashMap<>()).put(lost.type(), refusal);
    }
    return needing.contains(draft.anchor());
  }

  private record Pull(Relation relation, JobType type, Strength strength) {
    /** Whether the job that pulls cannot be either; a job that does not apply spoils none. */
    boolean isSpoiledBy(Refusal refusal) {
      return strength.matters() && !(refusal instanceof Refusal.NotApplicable);
    }
  }
}
