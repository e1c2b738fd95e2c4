package org.usersvc.systemd.job;

import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Relation;

/**
 * What a job does whose turn it is, by the state of its unit. Immutable.
 *
 * <p>Source: {@code job.c}, {@code unit.c:1859} (units to which one is bound).
 */
sealed interface JobStep {
  /** The job ends at once. */
  record End(JobResult result) implements JobStep {}

  /** It looks again when the state of the unit changes. */
  record Await() implements JobStep {}

  /** The caller has something to do. */
  record Perform(Work.Action action) implements JobStep {}

  static JobStep of(Job job, UnitGraph graph) {
    var state = graph.state(job.unit());
    return switch (job.type()) {
      case NOP -> new End(JobResult.DONE);
      case VERIFY_ACTIVE -> verify(state);
      case START -> start(job.unit(), state, graph);
      case STOP, RESTART ->
          state.isInactiveOrFailed() ? new End(JobResult.DONE) : new Perform(Work.Action.STOP);
      case RELOAD -> reload(state);
      case RELOAD_OR_START, TRY_RESTART, TRY_RELOAD ->
          throw new IllegalStateException("type is not carried out: " + job);
    };
  }

  private static JobStep verify(ActiveState state) {
    return switch (state) {
      case ACTIVE, RELOADING -> new End(JobResult.DONE);
      case ACTIVATING -> new Await();
      case INACTIVE, FAILED, DEACTIVATING -> new End(JobResult.SKIPPED);
    };
  }

  private static JobStep start(UnitName unit, ActiveState state, UnitGraph graph) {
    return switch (state) {
      case ACTIVE, RELOADING -> new End(JobResult.DONE);
      case DEACTIVATING -> new Await();
      case INACTIVE, FAILED, ACTIVATING ->
          isBoundToInactive(unit, graph)
              ? new End(JobResult.DEPENDENCY)
              : new Perform(Work.Action.START);
    };
  }

  private static boolean isBoundToInactive(UnitName unit, UnitGraph graph) {
    var earlier = graph.related(unit, Relation.AFTER);
    return graph.related(unit, Relation.BINDS_TO).stream()
        .anyMatch(other -> !graph.state(other).isActive() && earlier.contains(other));
  }

  private static JobStep reload(ActiveState state) {
    return switch (state) {
      case ACTIVE -> new Perform(Work.Action.RELOAD);
      case RELOADING, ACTIVATING -> new Await();
      case INACTIVE, FAILED, DEACTIVATING -> new End(JobResult.INVALID);
    };
  }
}
