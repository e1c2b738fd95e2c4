package org.usersvc.systemd.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;

/** Carries out the work of a queue on fake units, in the order in which the real caller does it. */
final class FakeManager implements JobListener {
  final FakeUnits units;
  final JobQueue queue;
  private final Reactions reactions;
  private final Upkeep upkeep;
  private final Map<Integer, JobResult> results = new HashMap<>();
  private final List<String> events = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private final ArrayDeque<JobRequest> requests = new ArrayDeque<>();

  FakeManager(String... lines) {
    units = new FakeUnits(lines);
    queue = new JobQueue(units, this);
    reactions = new Reactions(units);
    upkeep = new Upkeep(units, queue);
  }

  String start(String unit) {
    return ask(JobType.START, unit, JobMode.REPLACE);
  }

  String stop(String unit) {
    return ask(JobType.STOP, unit, JobMode.REPLACE);
  }

  String restart(String unit) {
    return ask(JobType.RESTART, unit, JobMode.REPLACE);
  }

  /** The result of the job when all is quiet, {@code job N} if it is still queued, or the error. */
  String ask(JobType type, String unit, JobMode mode) {
    var asked = enqueue(JobRequest.manual(type, FakeUnits.name(unit), mode));
    settle();
    return switch (asked) {
      case Asked.Job(int id) -> result(id);
      case Asked.Refused(var error) -> error;
    };
  }

  String result(int id) {
    return results.containsKey(id) ? results.get(id).word() : "job " + id;
  }

  /** A unit has a new state, without an order of ours. */
  void set(String unit, ActiveState state) {
    setState(FakeUnits.name(unit), state);
    settle();
  }

  String state(String unit) {
    return units.state(FakeUnits.name(unit)).word();
  }

  /** The units started and stopped since the last call. */
  String trace() {
    var text = String.join(" ", trace);
    trace.clear();
    return text;
  }

  /** What the listener heard since the last call. */
  List<String> events() {
    var all = List.copyOf(events);
    events.clear();
    return all;
  }

  private Asked enqueue(JobRequest request) {
    return switch (Transaction.build(request, units, queue)) {
      case Transaction.Refused(var reason) -> new Asked.Refused(reason.error());
      case Transaction.Planned(var plan) -> new Asked.Job(queue.install(plan).getFirst().id());
    };
  }

  void settle() {
    boolean busy = true;
    while (busy) {
      for (var work = queue.next(); work.isPresent(); work = queue.next()) {
        perform(work.get());
      }
      busy = !requests.isEmpty();
      while (!requests.isEmpty()) {
        enqueue(requests.remove());
      }
      if (!busy) {
        requests.addAll(upkeep.requests());
        busy = !requests.isEmpty();
      }
    }
  }

  private void perform(Work work) {
    switch (work.action()) {
      case START -> performStart(work);
      case STOP -> {
        trace.add("-" + work.unit().withoutSuffix());
        boolean early = units.state(work.unit()) == ActiveState.ACTIVATING;
        setState(work.unit(), ActiveState.DEACTIVATING);
        setState(work.unit(), early ? ActiveState.FAILED : ActiveState.INACTIVE);
      }
      case RELOAD -> {
        trace.add("~" + work.unit().withoutSuffix());
        setState(work.unit(), ActiveState.RELOADING);
        setState(work.unit(), ActiveState.ACTIVE);
      }
    }
  }

  private void performStart(Work work) {
    trace.add("+" + work.unit().withoutSuffix());
    switch (units.kind(work.unit())) {
      case SIMPLE -> setState(work.unit(), ActiveState.ACTIVE);
      case ONESHOT -> setState(work.unit(), ActiveState.ACTIVATING);
      case FAILING -> {
        setState(work.unit(), ActiveState.ACTIVATING);
        setState(work.unit(), ActiveState.FAILED);
      }
      case SKIPPED -> queue.finished(work.job(), JobResult.DONE);
    }
  }

  private void setState(UnitName unit, ActiveState to) {
    var from = units.state(unit);
    if (from != to) {
      units.setState(unit, to);
      var cause =
          queue.unitChanged(unit, to, false) ? UnitChange.Cause.UNEXPECTED : UnitChange.Cause.JOB;
      requests.addAll(
          reactions.to(new UnitChange(unit, from, to, cause, units.restartsItself(unit))));
      upkeep.touch(unit);
    }
  }

  @Override
  public void added(Job job) {
    events.add("new " + job.id() + " " + job.unit().withoutSuffix() + "/" + job.type().word());
  }

  @Override
  public void changed(Job job) {
    events.add("changed " + job.id() + " " + job.type().word() + " " + job.state().word());
  }

  @Override
  public void removed(Job job, JobResult result) {
    events.add("removed " + job.id() + " " + result.word());
    results.put(job.id(), result);
    requests.addAll(reactions.to(job, result));
    upkeep.touch(job.unit());
  }

  private sealed interface Asked {
    record Job(int id) implements Asked {}

    record Refused(String error) implements Asked {}
  }
}
