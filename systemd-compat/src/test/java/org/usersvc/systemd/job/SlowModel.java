package org.usersvc.systemd.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Relation;

/** What the manuals promise of a plan, by rules applied until nothing changes. */
final class SlowModel {
  private final FakeUnits units;
  private final JobRequest request;
  private final Set<Wanted> possible;
  private final Set<Wanted> needed;

  SlowModel(FakeUnits units, JobRequest request) {
    this.units = units;
    this.request = request;
    possible = closure(true);
    needed = closure(false);
  }

  private record Wanted(JobType type, UnitName unit) {}

  private Set<Wanted> closure(boolean withWishes) {
    var all = new HashSet<Wanted>(Set.of(new Wanted(request.type(), request.unit())));
    int before = 0;
    while (all.size() != before) {
      before = all.size();
      for (var job : List.copyOf(all)) {
        addPulled(job, withWishes, all);
      }
    }
    return all;
  }

  private void addPulled(Wanted job, boolean withWishes, Set<Wanted> all) {
    if (job.type() == JobType.START || job.type() == JobType.RESTART) {
      add(all, job, JobType.START, Relation.REQUIRES, Relation.BINDS_TO);
      add(all, job, JobType.VERIFY_ACTIVE, Relation.REQUISITE);
      add(all, job, JobType.STOP, Relation.CONFLICTS);
      if (withWishes) {
        add(all, job, JobType.START, Relation.WANTS);
        add(all, job, JobType.STOP, Relation.CONFLICTED_BY);
      }
    }
    if (job.type() == JobType.STOP || job.type() == JobType.RESTART) {
      for (var relation : DEPENDENTS) {
        for (var other : units.related(job.unit(), relation)) {
          if (job.type() == JobType.STOP || units.state(other).isActive()) {
            all.add(new Wanted(job.type(), other));
          }
        }
      }
    }
    if (job.type() == JobType.STOP && withWishes) {
      add(all, job, JobType.STOP, Relation.PROPAGATES_STOP_TO);
    }
  }

  private static final List<Relation> DEPENDENTS =
      List.of(Relation.REQUIRED_BY, Relation.REQUISITE_OF, Relation.BOUND_BY, Relation.CONSISTS_OF);

  private void add(Set<Wanted> all, Wanted job, JobType type, Relation... relations) {
    for (var relation : relations) {
      units.related(job.unit(), relation).forEach(unit -> all.add(new Wanted(type, unit)));
    }
  }

  /** Whether nothing that the request needs contradicts, nor could be ordered in a circle. */
  boolean mustBePlanned() {
    for (var one : needed) {
      for (var other : needed) {
        if (one.unit().equals(other.unit())
            && one.type() != other.type()
            && (one.type() == JobType.STOP || other.type() == JobType.STOP)) {
          return false;
        }
      }
    }
    return !isCircular(needed);
  }

  /** Sentences on what is wrong with a plan. */
  List<String> brokenPromises(Map<UnitName, JobType> jobs) {
    var broken = new ArrayList<String>();
    if (!jobs.containsKey(request.unit())) {
      broken.add("no job for the request");
    }
    var wanted = new HashSet<Wanted>();
    jobs.forEach((unit, type) -> wanted.add(new Wanted(type, unit)));
    if (isCircular(wanted)) {
      broken.add("circle of order in " + jobs);
    }
    for (var job : wanted) {
      addBroken(job, jobs, broken);
    }
    return broken;
  }

  private void addBroken(Wanted job, Map<UnitName, JobType> jobs, List<String> broken) {
    if (possible.stream().noneMatch(other -> other.unit().equals(job.unit()))) {
      broken.add("outside of what is pulled in: " + job);
    }
    boolean stopsActive = job.type() == JobType.STOP && units.state(job.unit()).isActive();
    if (request.mode() == JobMode.FAIL && stopsActive && !needed.contains(job)) {
      broken.add("needless stop: " + job);
    }
    if (job.type() == JobType.START || job.type() == JobType.RESTART) {
      for (var relation : List.of(Relation.REQUIRES, Relation.BINDS_TO)) {
        for (var other : units.related(job.unit(), relation)) {
          boolean goesUp = jobs.get(other) == JobType.START || jobs.get(other) == JobType.RESTART;
          if (!goesUp && !(units.state(other).isActive() && !jobs.containsKey(other))) {
            broken.add(job + " lacks " + other);
          }
        }
      }
      requireDown(job, Relation.CONFLICTS, jobs, broken);
    }
    if (job.type() == JobType.STOP) {
      DEPENDENTS.forEach(relation -> requireDown(job, relation, jobs, broken));
    }
  }

  private void requireDown(
      Wanted job, Relation relation, Map<UnitName, JobType> jobs, List<String> broken) {
    for (var other : units.related(job.unit(), relation)) {
      boolean isDown = !units.state(other).isActive() && !jobs.containsKey(other);
      if (jobs.get(other) != JobType.STOP && !isDown) {
        broken.add(job + " leaves " + other + " up");
      }
    }
  }

  /** Whether a job waits for itself, over any number of others. */
  private boolean isCircular(Set<Wanted> jobs) {
    var waits = new HashSet<List<Wanted>>();
    for (var one : jobs) {
      for (var other : jobs) {
        if (waits(one, other)) {
          waits.add(List.of(one, other));
        }
      }
    }
    int before = -1;
    while (before != waits.size()) {
      before = waits.size();
      for (var first : List.copyOf(waits)) {
        for (var second : List.copyOf(waits)) {
          if (first.getLast().equals(second.getFirst())) {
            waits.add(List.of(first.getFirst(), second.getLast()));
          }
        }
      }
    }
    return waits.stream().anyMatch(pair -> pair.getFirst().equals(pair.getLast()));
  }

  private boolean waits(Wanted one, Wanted other) {
    boolean isLater = units.related(one.unit(), Relation.AFTER).contains(other.unit());
    boolean isEarlier = units.related(one.unit(), Relation.BEFORE).contains(other.unit());
    boolean oneDown = one.type() == JobType.STOP || one.type() == JobType.RESTART;
    boolean otherDown = other.type() == JobType.STOP || other.type() == JobType.RESTART;
    return (isLater && !oneDown) || (isEarlier && otherDown);
  }
}
