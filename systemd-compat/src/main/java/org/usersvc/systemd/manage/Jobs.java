package org.usersvc.systemd.manage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.job.JobListener;
import org.usersvc.systemd.job.JobQueue;
import org.usersvc.systemd.job.JobRequest;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobState;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Refusal;
import org.usersvc.systemd.job.Transaction;
import org.usersvc.systemd.job.UnitChange;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.UnitFlags.JobTimeouts;

/** Drives the queue of jobs: one step after the other, and nothing within anything else. */
final class Jobs {
  private static final int FORGOTTEN_AT_ONCE = 16;

  private final Units units;
  private final Turns turns;
  private final ReportQueue reports;
  private final Starter starter;
  private final News news;
  private final JobQueue queue;
  private final Aftermath aftermath;
  private final Collector collector;
  private final JobTimers timers;
  private final EndActions actions;
  private boolean stopping;

  Jobs(Units units, Turns turns, ReportQueue reports, Starter starter, News news, Runnable wake) {
    this.units = units;
    this.turns = turns;
    this.reports = reports;
    this.starter = starter;
    this.news = news;
    queue = new JobQueue(units, new Listener());
    aftermath = new Aftermath(units, queue, turns, wake);
    collector = new Collector(units, this::hasJob);
    actions = new EndActions(aftermath::request);
    timers = new JobTimers(turns, id -> reports.add(new Report.TimedOut(id)));
  }

  JobQueue queue() {
    return queue;
  }

  Collector collector() {
    return collector;
  }

  Aftermath aftermath() {
    return aftermath;
  }

  EndActions actions() {
    return actions;
  }

  private boolean hasJob(UnitName unit) {
    return queue.jobOf(unit).isPresent();
  }

  /** Goes on with the jobs of an earlier daemon. */
  void resume(Collection<Job> jobs) {
    queue.restore(jobs);
    for (var job : jobs) {
      timers.added(job, timeouts(job));
      if (job.state() == JobState.RUNNING) {
        timers.ran(job, timeouts(job));
      }
    }
  }

  /** From now on what would start a unit is refused. */
  void beginStopping() {
    stopping = true;
  }

  /** Queues the jobs for a request; its work is done by later steps. */
  Asked ask(JobRequest request) {
    if (stopping && brings(request.type())) {
      return new Asked.Refused(new Refusal.ShuttingDown());
    }
    if (units.find(units.load(request.unit()).id()).isEmpty()) {
      return new Asked.Refused(new Refusal.TooManyUnits(request.unit()));
    }
    return switch (Transaction.build(request, units, queue)) {
      case Transaction.Refused(var reason) -> {
        units.find(request.unit()).ifPresent(this::dismiss);
        yield new Asked.Refused(reason);
      }
      case Transaction.Planned(var plan) -> queued(queue.install(plan));
    };
  }

  private static Asked queued(List<Job> jobs) {
    return new Asked.Queued(jobs.getFirst(), jobs.subList(1, jobs.size()));
  }

  private static boolean brings(JobType type) {
    return switch (type) {
      case START, RESTART, RELOAD_OR_START, TRY_RESTART -> true;
      case STOP, RELOAD, TRY_RELOAD, VERIFY_ACTIVE, NOP -> false;
    };
  }

  /** Processes what was reported so far: all states are those of the controllers then. */
  void catchUp() {
    for (var report = reports.poll(); report != null; report = reports.poll()) {
      process(report);
    }
  }

  /** Does the next thing; false if there is nothing to do. */
  boolean step() {
    var report = reports.poll();
    if (report != null) {
      process(report);
      return true;
    }
    var work = queue.next();
    if (work.isPresent()) {
      perform(work.get());
      return true;
    }
    var request = aftermath.poll();
    if (request != null) {
      if (ask(request) instanceof Asked.Refused) {
        units.find(request.unit()).ifPresent(this::refused);
      }
      return true;
    }
    return aftermath.keepUp() || collect();
  }

  /** Tells a unit that waits for its restart, and has no job that may be it. */
  private void refused(KnownUnit unit) {
    if (unit.state().restartsItself() && !hasJob(unit.id())) {
      unit.controller().restartRefused();
    }
  }

  private boolean collect() {
    for (int i = 0; i < FORGOTTEN_AT_ONCE; i++) {
      var needless = collector.next();
      if (needless.isEmpty()) {
        return i > 0;
      }
      forget(needless.get());
    }
    return true;
  }

  private void forget(KnownUnit unit) {
    collector.forgotten(unit);
    units.remove(unit);
    news.unitRemoved(unit);
  }

  /** A unit that was read for a refused request only is not known to the next request. */
  private void dismiss(KnownUnit unit) {
    if (collector.isUnused(unit)) {
      forget(unit);
    } else {
      collector.consider(unit.id());
    }
  }

  private void process(Report report) {
    switch (report) {
      case Report.Changed(var unit, var now, var reloadFailed) -> changed(unit, now, reloadFailed);
      case Report.Finished(var unit, var action, var result) ->
          running(unit, action).ifPresent(job -> queue.finished(job.id(), result));
      case Report.Deferred(var unit, var action) ->
          running(unit, action).ifPresent(job -> queue.postponed(job.id()));
      case Report.Requested(var request) -> aftermath.request(request);
      case Report.Shown(var unit) -> news.unitChanged(unit);
      case Report.Noted(var unit) -> news.unitNoted(unit);
      case Report.TimedOut(var job) -> queue.finished(job, JobResult.TIMEOUT);
    }
  }

  private void changed(KnownUnit unit, UnitState now, boolean reloadFailed) {
    var from = unit.state().active();
    unit.enter(now, Stamps.Stamp.of(turns.clock()));
    news.unitChanged(unit);
    if (from != now.active()) {
      boolean isUnexpected = queue.unitChanged(unit.id(), now.active(), reloadFailed);
      var cause = isUnexpected ? UnitChange.Cause.UNEXPECTED : UnitChange.Cause.JOB;
      aftermath.changed(new UnitChange(unit.id(), from, now.active(), cause, now.restartsItself()));
      if (!now.restartsItself()) {
        actions.changed(unit, from, now.active());
      }
    }
    collector.consider(unit.id());
    tellTriggers(unit.id());
  }

  private void tellTriggers(UnitName triggered) {
    for (var name : List.copyOf(units.related(triggered, Relation.TRIGGERED_BY))) {
      units
          .find(triggered)
          .ifPresent(unit ->
              units.find(name).ifPresent(trigger -> trigger.controller().triggeredChanged(unit)));
    }
  }

  /** The job of a unit if it is the one for which this was ordered. */
  private Optional<Job> running(KnownUnit unit, Work.Action action) {
    var types =
        switch (action) {
          case START -> Set.of(JobType.START);
          case STOP -> Set.of(JobType.STOP, JobType.RESTART);
          case RELOAD -> Set.of(JobType.RELOAD);
        };
    return queue
        .jobOf(unit.id())
        .filter(job -> job.state() == JobState.RUNNING && types.contains(job.type()));
  }

  private void perform(Work work) {
    var unit = units.load(work.unit());
    switch (work.action()) {
      case START -> {
        starter.start(unit).ifPresent(result -> end(unit, result));
        news.unitChanged(unit);
      }
      case STOP -> unit.controller().stop(isRestart(work));
      case RELOAD -> unit.controller().reload();
    }
  }

  /** Ends a start by a report, behind those that the controller has made before. */
  private void end(KnownUnit unit, JobResult result) {
    reports.add(new Report.Finished(unit, Work.Action.START, result));
  }

  private boolean isRestart(Work work) {
    return queue.find(work.job()).filter(job -> job.type() == JobType.RESTART).isPresent();
  }

  private JobTimeouts timeouts(Job job) {
    return units.flags(job.unit()).jobTimeouts();
  }

  /** What follows from each change of the queue. */
  private final class Listener implements JobListener {
    @Override
    public void added(Job job) {
      timers.added(job, timeouts(job));
      news.jobAdded(job);
      shown(job);
    }

    @Override
    public void changed(Job job) {
      if (job.state() == JobState.RUNNING) {
        timers.ran(job, timeouts(job));
      }
      news.jobChanged(job);
    }

    @Override
    public void removed(Job job, JobResult result) {
      timers.removed(job);
      news.jobRemoved(job, result);
      shown(job);
      aftermath.ended(job, result);
      units
          .find(job.unit())
          .filter(unit -> unit.state().restartsItself())
          .ifPresent(unit -> unit.controller().restartFailed());
      collector.consider(job.unit());
      tellTriggers(job.unit());
    }

    private void shown(Job job) {
      units.find(job.unit()).ifPresent(news::unitChanged);
    }
  }
}
