package org.usersvc.systemd.job;

import java.util.List;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Relation;

/**
 * Whose starts fail when a job ends.
 *
 * <p>Source: {@code job.c:981}.
 */
final class Consequences {
  private static final List<Relation> REQUIRERS =
      List.of(Relation.REQUIRED_BY, Relation.REQUISITE_OF, Relation.BOUND_BY);

  private Consequences() {}

  /**
   * The relations of the job's unit to the units whose start jobs end as {@code dependency}.
   *
   * @param state of the job's unit now
   */
  static List<Relation> of(JobType type, JobResult result, ActiveState state) {
    return switch (type) {
      case START, VERIFY_ACTIVE -> ofStart(type, result, state);
      case STOP -> result == JobResult.DONE ? List.of() : List.of(Relation.CONFLICTED_BY);
      case RELOAD, RESTART, NOP, RELOAD_OR_START, TRY_RESTART, TRY_RELOAD -> List.of();
    };
  }

  private static List<Relation> ofStart(JobType type, JobResult result, ActiveState state) {
    if (result != JobResult.DONE) {
      return REQUIRERS;
    }
    boolean endedInactive = type == JobType.START && !state.isActive();
    return endedInactive ? List.of(Relation.REQUISITE_OF) : List.of();
  }
}
