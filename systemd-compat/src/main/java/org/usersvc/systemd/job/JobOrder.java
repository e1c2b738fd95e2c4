package org.usersvc.systemd.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;

/**
 * Which of two jobs goes first if their units are ordered. A job that brings its unit down goes
 * first; two starts go in the order of {@code Before=}, two that bring down in reverse.
 *
 * <p>Source: systemd.unit(5), {@code Before=}; {@code job.c:1681}.
 */
final class JobOrder {
  private JobOrder() {}

  /**
   * Whether a job waits for a job of another unit, to which its unit has that relation. The job of
   * the later one of the two units is first if it brings down, else the job of the earlier one.
   */
  private static boolean waits(JobType own, JobType other, Relation relation) {
    if (own == JobType.NOP || other == JobType.NOP) {
      return false;
    }
    return relation == Relation.AFTER ? !own.bringsDown() : other.bringsDown();
  }

  /** Whether a unit's job of one type waits for another unit's job of another type. */
  static boolean waits(
      UnitGraph graph, UnitName unit, JobType own, UnitName other, JobType otherType) {
    return (waits(own, otherType, Relation.AFTER)
            && graph.related(unit, Relation.AFTER).contains(other))
        || (waits(own, otherType, Relation.BEFORE)
            && graph.related(unit, Relation.BEFORE).contains(other));
  }

  /**
   * The units whose jobs a job waits for.
   *
   * @param jobs the type of the job of a unit; {@code NOP} for a unit without one
   */
  static List<UnitName> waitedFor(
      UnitGraph graph, UnitName unit, Function<UnitName, JobType> jobs) {
    var own = jobs.apply(unit);
    var all = new ArrayList<UnitName>();
    for (var relation : List.of(Relation.AFTER, Relation.BEFORE)) {
      for (var other : graph.related(unit, relation)) {
        if (!other.equals(unit) && waits(own, jobs.apply(other), relation)) {
          all.add(other);
        }
      }
    }
    return all;
  }
}
