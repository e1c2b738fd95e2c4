package org.usersvc.systemd.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;

/**
 * The jobs of all requests. The caller installs plans, takes {@link #next} until it is empty,
 * carries the work out, and reports each change of a unit's state by {@link #unitChanged}; an end
 * that states do not show is reported by {@link #finished}.
 *
 * <p>INVARIANT: a unit has at most one job, besides a {@code NOP}; a job runs only while no job is
 * queued for which its order says to wait. <b>One thread only.</b>
 */
public final class JobQueue implements QueuedJobs {
  private final UnitGraph graph;
  private final JobListener listener;
  private final JobTable table = new JobTable();
  private final WaitList waits;
  private final LinkedHashSet<Integer> candidates = new LinkedHashSet<>();

  public JobQueue(UnitGraph graph, JobListener listener) {
    this.graph = graph;
    this.listener = listener;
    waits = new WaitList(graph, table);
  }

  @Override
  public Optional<Job> jobOf(UnitName unit) {
    return table.jobOf(unit);
  }

  @Override
  public Collection<Job> jobs() {
    return table.jobs();
  }

  public Optional<Job> find(int id) {
    return table.find(id);
  }

  /**
   * Takes over jobs of an earlier run of the program, with their ids and states. The listener is
   * not told.
   */
  public void restore(Collection<Job> jobs) {
    for (var job : jobs) {
      table.put(job);
      candidates.add(job.id());
    }
  }

  /**
   * Queues the jobs of a plan. One that is mergeable joins the queued job of its unit; one that
   * conflicts takes its place, and the queued one is cancelled.
   *
   * @return all jobs of the plan as they are queued now; the job for the request is the first
   */
  public List<Job> install(Transaction transaction) {
    if (transaction.clearsQueue()) {
      cancelOthers(transaction);
    }
    var installed = new ArrayList<Job>();
    for (var planned : transaction.jobs()) {
      boolean isAnchor = planned.unit().equals(transaction.anchor());
      installed.add(isAnchor ? 0 : installed.size(), install(planned));
    }
    return installed;
  }

  /** The queued jobs that have to end before a job can run. */
  public List<Job> before(Job job) {
    if (job.ignoresOrder()) {
      return List.of();
    }
    return JobOrder.waitedFor(graph, job.unit(), table::typeOf).stream()
        .flatMap(unit -> table.jobOf(unit).stream())
        .toList();
  }

  /** The queued jobs that wait for the end of a job. */
  public List<Job> after(Job job) {
    return table.jobs().stream().filter(other -> before(other).contains(job)).toList();
  }

  private void cancelOthers(Transaction transaction) {
    var kept = new LinkedHashSet<UnitName>();
    transaction.jobs().forEach(planned -> kept.add(planned.unit()));
    for (var job : table.jobs()) {
      if (!job.irreversible() && !kept.contains(job.unit())) {
        remove(job, JobResult.CANCELED);
      }
    }
  }

  private Job install(PlannedJob planned) {
    var queued = table.inPlaceOf(planned.unit(), planned.type());
    var merged = queued.flatMap(job -> job.type().mergedWith(planned.type()));
    if (queued.isPresent() && merged.isPresent()) {
      var type = merged.get().collapsed(graph.state(planned.unit()));
      var joined = queued.get().joinedBy(planned, type);
      boolean isAgain = graph.restartsItself(planned.unit());
      return change(queued.get(), isAgain ? joined.withState(JobState.WAITING) : joined);
    }
    queued.ifPresent(job -> remove(job, JobResult.CANCELED));
    return add(planned);
  }

  private Job add(PlannedJob planned) {
    var job =
        new Job(
            table.newId(),
            planned.unit(),
            planned.type(),
            JobState.WAITING,
            planned.irreversible(),
            planned.ignoresOrder());
    table.put(job);
    candidates.add(job.id());
    listener.added(job);
    return job;
  }

  /**
   * The next job that has to be carried out; it counts as running. Jobs that need no work end here.
   *
   * @return empty if all others wait
   */
  public Optional<Work> next() {
    while (!candidates.isEmpty()) {
      var waiting = table.find(candidates.removeFirst()).filter(job -> !job.isRunning());
      var ready = waiting.filter(waits::mayRun);
      if (ready.isPresent()) {
        var work = step(ready.get());
        if (work.isPresent()) {
          return work;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Work> step(Job job) {
    return switch (JobStep.of(job, graph)) {
      case JobStep.End(var result) -> {
        finished(job.id(), result);
        yield Optional.empty();
      }
      case JobStep.Await _ -> Optional.empty();
      case JobStep.Perform(var action) -> {
        var running = job.withState(JobState.RUNNING);
        table.put(running);
        listener.changed(running);
        yield Optional.of(new Work(job.id(), job.unit(), action));
      }
    };
  }

  /** The work could not begin yet: the job waits until the state of its unit changes. */
  public void postponed(int id) {
    table
        .find(id)
        .filter(Job::isRunning)
        .ifPresent(job -> change(job, job.withState(JobState.WAITING)));
    candidates.remove(id);
  }

  /**
   * Ends a job, and the starts that depend on it if it failed. A restart whose stop is done goes on
   * as a start, with the same id. An unknown id does nothing.
   */
  public void finished(int id, JobResult result) {
    var ends = new ArrayDeque<Integer>();
    table.find(id).ifPresent(job -> end(job, result, ends));
    while (!ends.isEmpty()) {
      table.find(ends.remove()).ifPresent(job -> end(job, JobResult.DEPENDENCY, ends));
    }
  }

  /**
   * Cancels a job, also an irreversible one; starts that depend on it end as {@code dependency}.
   */
  public void cancel(int id) {
    finished(id, JobResult.CANCELED);
  }

  /** Cancels all jobs. */
  public void cancelAll() {
    table.jobs().forEach(job -> remove(job, JobResult.CANCELED));
  }

  private void end(Job job, JobResult result, Collection<Integer> ends) {
    if (job.type() == JobType.RESTART && result == JobResult.DONE) {
      change(job, job.withType(JobType.START).withState(JobState.WAITING));
      return;
    }
    remove(job, result);
    for (var relation : Consequences.of(job.type(), result, graph.state(job.unit()))) {
      for (var unit : graph.related(job.unit(), relation)) {
        table.jobOf(unit).filter(other -> other.type().wantsUp()).map(Job::id).ifPresent(ends::add);
      }
    }
  }

  /**
   * Reports a new state of a unit, after which {@link UnitGraph#state} answers the same.
   *
   * @param reloadFailed whether the unit has just ended a reload without success
   * @return whether no job explains the state
   */
  public boolean unitChanged(UnitName unit, ActiveState now, boolean reloadFailed) {
    var job = table.jobOf(unit);
    if (job.isEmpty()) {
      return true;
    }
    int id = job.get().id();
    var progress = JobProgress.of(job.get(), now, reloadFailed);
    candidates.add(id);
    progress.result().ifPresent(result -> finished(id, result));
    return progress.isUnexpected();
  }

  private Job change(Job old, Job now) {
    if (!now.equals(old)) {
      table.put(now);
      waits.forget(now.id());
      listener.changed(now);
      wakeWaiters(now.unit());
    }
    candidates.add(now.id());
    return now;
  }

  private void remove(Job job, JobResult result) {
    table.remove(job);
    waits.forget(job.id());
    listener.removed(job, result);
    wakeWaiters(job.unit());
  }

  private void wakeWaiters(UnitName unit) {
    candidates.addAll(waits.woken(unit));
  }
}
