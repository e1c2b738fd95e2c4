package org.usersvc.systemd.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The jobs of a transaction while it is built: a graph of who pulls in whom, from the requested job
 * on. A unit may have several jobs, of different types, until they are merged.
 */
final class Draft {
  private final Map<UnitName, EnumMap<JobType, DraftJob>> jobs = new LinkedHashMap<>();
  private final DraftJob anchor;
  private int size;

  Draft(UnitName unit, JobType type) {
    anchor = add(unit, type);
  }

  /** The requested job. */
  DraftJob anchor() {
    return anchor;
  }

  int size() {
    return size;
  }

  Optional<DraftJob> find(UnitName unit, JobType type) {
    return Optional.ofNullable(jobs.get(unit)).map(types -> types.get(type));
  }

  DraftJob add(UnitName unit, JobType type) {
    var job = new DraftJob(unit, type);
    jobs.computeIfAbsent(unit, _ -> new EnumMap<>(JobType.class)).put(type, job);
    size++;
    return job;
  }

  boolean contains(DraftJob job) {
    return find(job.unit(), job.type()).filter(found -> found == job).isPresent();
  }

  boolean has(UnitName unit) {
    return jobs.containsKey(unit);
  }

  /** The units with jobs as they are now; later changes do not show. */
  List<UnitName> units() {
    return List.copyOf(jobs.keySet());
  }

  /** The jobs of a unit; empty if it has none. */
  Collection<DraftJob> on(UnitName unit) {
    var types = jobs.get(unit);
    return types == null ? List.of() : types.values();
  }

  /** Marks the requested job and all that it needs, and what they need. */
  void markWhatMatters() {
    reach(DraftJob.Strength::matters).forEach(DraftJob::setMatters);
  }

  /** Removes what the requested job does not lead to any more. */
  void removeUnreachable() {
    var reached = reach(_ -> true);
    for (var unit : reached.size() == size ? List.<UnitName>of() : units()) {
      List.copyOf(on(unit)).stream().filter(job -> !reached.contains(job)).forEach(this::remove);
    }
  }

  private Set<DraftJob> reach(Predicate<DraftJob.Strength> follows) {
    var reached = new HashSet<DraftJob>(Set.of(anchor));
    var work = new ArrayDeque<DraftJob>(reached);
    while (!work.isEmpty()) {
      for (var link : work.remove().pulls()) {
        if (follows.test(link.strength()) && reached.add(link.to())) {
          work.add(link.to());
        }
      }
    }
    return reached;
  }

  /** Removes one job and leaves those that need it. */
  void remove(DraftJob job) {
    if (contains(job)) {
      job.unlink();
      jobs.computeIfPresent(
          job.unit(),
          (_, types) -> {
            types.remove(job.type());
            return types.isEmpty() ? null : types;
          });
      size--;
    }
  }

  /** Removes a job, what needs it, and then what nobody pulls in any more. */
  Dropped drop(DraftJob job) {
    var needing = new ArrayList<DraftJob>();
    var orphans = new ArrayDeque<DraftJob>();
    var work = new ArrayDeque<DraftJob>(List.of(job));
    while (!work.isEmpty()) {
      var next = work.remove();
      if (contains(next)) {
        next.pulledBy().stream()
            .filter(link -> link.strength().matters())
            .forEach(link -> work.add(link.from()));
        next.pulls().forEach(link -> orphans.add(link.to()));
        remove(next);
        needing.add(next);
      }
    }
    return new Dropped(needing, removeOrphans(orphans));
  }

  private List<DraftJob> removeOrphans(ArrayDeque<DraftJob> work) {
    var removed = new ArrayList<DraftJob>();
    while (!work.isEmpty()) {
      var next = work.remove();
      if (contains(next) && next.pulledBy().isEmpty() && next != anchor) {
        next.pulls().forEach(link -> work.add(link.to()));
        remove(next);
        removed.add(next);
      }
    }
    return removed;
  }

  /**
   * What went with a job.
   *
   * @param needing the job and those that needed it
   * @param unneeded those that nobody pulled in any more
   */
  record Dropped(List<DraftJob> needing, List<DraftJob> unneeded) {}
}
