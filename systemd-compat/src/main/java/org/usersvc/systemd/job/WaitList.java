package org.usersvc.systemd.job;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Which jobs wait for which units. A waiting job remembers whom it found to wait for and is woken
 * by one after the other, so that a job which waits for many looks at each only a few times.
 */
final class WaitList {
  private final UnitGraph graph;
  private final JobTable jobs;
  private final Map<Integer, ArrayDeque<UnitName>> rest = new HashMap<>();
  private final Map<UnitName, Set<Integer>> waiters = new HashMap<>();

  WaitList(UnitGraph graph, JobTable jobs) {
    this.graph = graph;
    this.jobs = jobs;
  }

  /** Whether a job need not wait; if it must, it will be among those that are woken. */
  boolean mayRun(Job job) {
    if (job.ignoresOrder() || job.type() == JobType.NOP) {
      return true;
    }
    if (awaitsNext(job)) {
      return false;
    }
    rest.put(job.id(), new ArrayDeque<>(JobOrder.waitedFor(graph, job.unit(), jobs::typeOf)));
    return !awaitsNext(job);
  }

  /** Lets a job wait for the next unit that has a job; false if none has. */
  private boolean awaitsNext(Job job) {
    var units = rest.getOrDefault(job.id(), new ArrayDeque<>());
    while (!units.isEmpty()) {
      var other = units.getFirst();
      if (JobOrder.waits(graph, job.unit(), job.type(), other, jobs.typeOf(other))) {
        waiters.computeIfAbsent(other, _ -> new LinkedHashSet<>()).add(job.id());
        return true;
      }
      units.removeFirst();
    }
    rest.remove(job.id());
    return false;
  }

  /** The jobs that have to look again because the job of a unit changed or went. */
  Collection<Integer> woken(UnitName unit) {
    var ids = waiters.remove(unit);
    if (ids == null) {
      return Set.of();
    }
    for (int id : ids) {
      var units = rest.get(id);
      if (units != null && unit.equals(units.peekFirst())) {
        units.removeFirst();
      }
    }
    return ids;
  }

  /** Forgets whom a job waits for: it went, or its type is another one. */
  void forget(int id) {
    rest.remove(id);
  }
}
