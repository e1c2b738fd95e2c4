package org.usersvc.systemd.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        add(all, job, JobType.START, Relation.WANTS, Relation.UPHOLDS);
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

  /**
   * The only plan that there can be: all that is pulled in, but for what is so already and what is
   * pulled in by that alone. Empty if jobs contradict, or wait for each other in a circle.
   */
  Optional<Map<UnitName, JobType>> onlyPlan() {
    if (contradicts(possible) || isCircular(possible)) {
      return Optional.empty();
    }
    return Optional.of(types(reached(true, redundant())));
  }

  /** Whether what the request needs contradicts itself. */
  boolean mustBeRefused() {
    return contradicts(reached(false, redundant()));
  }

  /** The units that are already as all jobs for them would leave them. */
  private Set<UnitName> redundant() {
    var redundant = new HashSet<UnitName>();
    int before = -1;
    while (redundant.size() != before) {
      before = redundant.size();
      var jobs = reached(true, redundant);
      for (var one : jobs) {
        boolean isNeeded =
            one.unit().equals(request.unit())
                || jobs.stream().anyMatch(job -> job.unit().equals(one.unit()) && !isDone(job));
        if (!isNeeded) {
          redundant.add(one.unit());
        }
      }
    }
    return redundant;
  }

  private boolean isDone(Wanted job) {
    boolean isUp = units.state(job.unit()).isActive();
    return switch (job.type()) {
      case START, VERIFY_ACTIVE -> isUp;
      case STOP -> !isUp;
      case RESTART, RELOAD, RELOAD_OR_START, TRY_RESTART, TRY_RELOAD, NOP -> false;
    };
  }

  /** The jobs to which the request leads, not by way of these units. */
  private Set<Wanted> reached(boolean withWishes, Set<UnitName> without) {
    var all = new HashSet<Wanted>();
    var open = new ArrayDeque<>(List.of(new Wanted(request.type(), request.unit())));
    while (!open.isEmpty()) {
      var job = open.remove();
      if (!without.contains(job.unit()) && all.add(job)) {
        var pulled = new HashSet<Wanted>();
        addPulled(job, withWishes, pulled);
        open.addAll(pulled);
      }
    }
    return all;
  }

  private static Map<UnitName, JobType> types(Set<Wanted> jobs) {
    var types = new HashMap<UnitName, JobType>();
    for (var job : jobs) {
      types.merge(job.unit(), job.type(), (one, other) -> one.mergedWith(other).orElseThrow());
    }
    return types;
  }

  private static boolean contradicts(Set<Wanted> jobs) {
    return jobs.stream()
        .anyMatch(one ->
            jobs.stream()
                .anyMatch(other ->
                    one.unit().equals(other.unit())
                        && one.type() != other.type()
                        && (one.type() == JobType.STOP || other.type() == JobType.STOP)));
  }

  /** Whether nothing that the request needs contradicts, nor could be ordered in a circle. */
  boolean mustBePlanned() {
    return !contradicts(needed) && !isCircular(needed);
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
