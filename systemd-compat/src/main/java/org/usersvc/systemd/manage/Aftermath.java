package org.usersvc.systemd.manage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobRequest;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.QueuedJobs;
import org.usersvc.systemd.job.Reactions;
import org.usersvc.systemd.job.UnitChange;
import org.usersvc.systemd.job.Upkeep;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.StartLimit;

/** The requests that follow from what has happened. */
final class Aftermath {
  /** So often a unit is started or stopped by what always has to hold; then it has to wait. */
  private static final StartLimit UPKEEP = new StartLimit(Duration.ofSeconds(10), 16);

  private final Units units;
  private final Turns turns;
  private final Reactions reactions;
  private final Upkeep upkeep;
  private final Runnable wake;
  private final ArrayDeque<JobRequest> requests = new ArrayDeque<>();
  private final Set<UnitName> delayed = new HashSet<>();

  /**
   * Nothing has happened yet.
   *
   * @param wake run when there may be requests without anything that has happened
   */
  Aftermath(Units units, QueuedJobs jobs, Turns turns, Runnable wake) {
    this.units = units;
    this.turns = turns;
    this.wake = wake;
    reactions = new Reactions(units);
    upkeep = new Upkeep(units, jobs);
  }

  void changed(UnitChange change) {
    requests.addAll(reactions.to(change));
    upkeep.touch(change.unit());
  }

  void ended(Job job, JobResult result) {
    requests.addAll(reactions.to(job, result));
    upkeep.touch(job.unit());
  }

  void request(JobRequest request) {
    requests.add(request);
  }

  /** The units may have other relations. */
  void related(Collection<UnitName> changed) {
    changed.forEach(upkeep::touch);
  }

  /** The next request, taken out; null if there is none. */
  @Nullable JobRequest poll() {
    return requests.poll();
  }

  /** Adds the requests by which holds what always has to; false if there are none. */
  boolean keepUp() {
    for (var request : upkeep.requests()) {
      units.find(request.unit()).ifPresent(unit -> keepUp(unit, request));
    }
    return !requests.isEmpty();
  }

  private void keepUp(KnownUnit unit, JobRequest request) {
    long now = turns.clock().nanos();
    if (unit.upkeep().take(now, UPKEEP)) {
      requests.add(request);
    } else if (delayed.add(unit.id())) {
      turns.alarm().set(unit.upkeep().left(now, UPKEEP).plusMillis(1), () -> again(unit.id()));
    }
  }

  private void again(UnitName unit) {
    delayed.remove(unit);
    upkeep.touch(unit);
    wake.run();
  }
}
