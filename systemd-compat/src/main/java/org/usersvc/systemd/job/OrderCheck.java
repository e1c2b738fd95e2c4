package org.usersvc.systemd.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Looks for jobs that wait for each other in a circle, those of a draft and queued ones together. A
 * circle is broken where a job is only wished for.
 *
 * <p>One depth-first walk with a path of its own; after a job is dropped, the walk goes on from the
 * last unit of the path that still has its job. What was found to be in no circle stays so, since
 * dropping makes none.
 */
final class OrderCheck {
  private final UnitGraph graph;
  private final Draft draft;
  private final QueuedJobs queued;
  private final Predicate<Job> stays;
  private final Set<UnitName> done = new HashSet<>();
  private final List<Step> path = new ArrayList<>();
  private final Map<UnitName, Integer> positions = new HashMap<>();

  /**
   * @param stays which queued jobs the transaction leaves in the queue
   */
  OrderCheck(UnitGraph graph, Draft draft, QueuedJobs queued, Predicate<Job> stays) {
    this.graph = graph;
    this.draft = draft;
    this.queued = queued;
    this.stays = stays;
  }

  /** Breaks all circles; the first one that cannot be broken is the refusal. */
  Optional<Refusal> breakCircles() {
    for (var unit : draft.units()) {
      while (draft.has(unit) && !done.contains(unit)) {
        var refusal = walkFrom(unit);
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> walkFrom(UnitName start) {
    enter(start);
    while (!path.isEmpty()) {
      var step = path.getLast();
      if (!step.rest.hasNext()) {
        done.add(step.unit);
        leaveFrom(path.size() - 1);
      } else {
        var next = step.rest.next();
        var position = positions.get(next);
        if (position != null) {
          var refusal = breakCircle(position);
          if (refusal.isPresent()) {
            return refusal;
          }
        } else if (!done.contains(next) && typeOf(next) != JobType.NOP) {
          enter(next);
        }
      }
    }
    return Optional.empty();
  }

  private void enter(UnitName unit) {
    positions.put(unit, path.size());
    path.add(new Step(unit, JobOrder.waitedFor(graph, unit, this::typeOf).iterator()));
  }

  private void leaveFrom(int position) {
    while (path.size() > position) {
      positions.remove(path.removeLast().unit);
    }
  }

  private Optional<Refusal> breakCircle(int position) {
    for (int i = path.size() - 1; i >= position; i--) {
      var jobs = List.copyOf(draft.on(path.get(i).unit));
      if (!jobs.isEmpty() && jobs.stream().noneMatch(DraftJob::matters)) {
        jobs.stream()
            .map(draft::drop)
            .flatMap(
                dropped -> Stream.concat(dropped.needing().stream(), dropped.unneeded().stream()))
            .forEach(this::cutPath);
        return Optional.empty();
      }
    }
    var circle = path.subList(position, path.size()).stream().map(Step::unit).toList();
    return Optional.of(new Refusal.Cyclic(circle));
  }

  private void cutPath(DraftJob dropped) {
    var position = positions.get(dropped.unit());
    if (position != null) {
      leaveFrom(position);
    }
  }

  /** The type that decides the order of a unit's jobs; {@code NOP} if it has none. */
  private JobType typeOf(UnitName unit) {
    JobType own = null;
    for (var job : draft.on(unit)) {
      own = own != null && own.bringsDown() ? own : job.type();
    }
    return own != null ? own : queued.jobOf(unit).filter(stays).map(Job::type).orElse(JobType.NOP);
  }

  private record Step(UnitName unit, Iterator<UnitName> rest) {}
}
