package org.usersvc.systemd.run;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.execution.ProcessTable;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.EventQueue;
import org.usersvc.systemd.engine.Populated;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.ScopeController;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.scope.ScopeEffect;
import org.usersvc.systemd.scope.ScopeEvent;
import org.usersvc.systemd.scope.ScopeMachine;
import org.usersvc.systemd.scope.ScopeRules;
import org.usersvc.systemd.scope.ScopeState;
import org.usersvc.systemd.unit.ScopeSettings;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.Unit;

/**
 * One scope at run time: processes that others have started, and their descendants. It claims them,
 * so that they are no more those of the service that has started them. <b>Loop thread only.</b>
 */
public final class ScopeRunner implements ScopeController, Populated {
  private final Workplace place;
  private final Reports reports;
  private final UnitProcesses processes;
  private final Alarm alarm;
  private final Claims.Holder claim = this::taken;
  private final EventQueue<ScopeEvent> events = new EventQueue<>(this::step);

  private ScopeState state = ScopeState.INITIAL;

  /** The id of this run; programs may put it into the environment of the processes. */
  private String invocation = "";

  private ScopeRules rules = new ScopeRules(KillSettings.DEFAULT, ServiceTimeouts.DEFAULT, null);

  /** Whether a stop has no answer yet. */
  private boolean stopAsked;

  /** Begins with a scope that is down and has no process. */
  public ScopeRunner(Workplace place, Unit unit, Reports reports) {
    this.place = place;
    this.reports = reports;
    this.processes = new UnitProcesses(place, this::members, new Ends());
    this.alarm = place.mechanisms().turns().alarm();
    adopt(unit);
  }

  private final class Ends implements UnitProcesses.Listener {
    @Override
    public void ended(int pid, ExitStatus status) {}

    @Override
    public void gone() {
      post(ScopeEvent.PROCESSES_GONE);
    }

    @Override
    public void sent() {
      reports.noted();
    }
  }

  private Set<Integer> members(ProcessTable table, ProcessTable.Unit unit) {
    var all = new LinkedHashSet<>(table.family(unit));
    if (!invocation.isEmpty()) {
      all.addAll(table.of(new ProcessTable.Unit(invocation, unit.known())));
    }
    return place.claims().without(all, table, claim);
  }

  /** Another scope has taken processes, perhaps all that this one had. */
  private void taken(Set<Integer> pids) {
    processes.leave(pids);
    processes.look();
  }

  @Override
  public UnitState state() {
    return UnitState.of(state.phase());
  }

  @Override
  public void attach(Collection<Integer> pids) {
    var named = new HashMap<Integer, Long>();
    for (int pid : pids) {
      if (processes.isEmpty()) {
        processes.begin(ProcessInvocation.of(place.mechanisms().files(), pid));
      }
      if (processes.attach(pid)) {
        named.put(pid, processes.startOf(pid));
      }
    }
    place.claims().take(claim, processes.unit(), named);
    reports.shown();
  }

  /** A scope whose processes have all gone meanwhile begins, too, and ends at once. */
  @Override
  public void start(String id) {
    invocation = id;
    post(ScopeEvent.STARTED);
    reports.finished(Work.Action.START, JobResult.DONE);
    if (processes.isEmpty()) {
      processes.look();
    }
  }

  @Override
  public void stop(boolean restart) {
    stopAsked = true;
    post(ScopeEvent.STOP_ASKED);
    answer();
  }

  @Override
  public void resetFailed() {
    post(ScopeEvent.RESET_FAILED);
  }

  @Override
  public void abandon() {
    post(ScopeEvent.ABANDONED);
  }

  @Override
  public String result() {
    return state.result();
  }

  @Override
  public Killed kill(Who who, Signal signal) {
    return switch (who) {
      case MAIN, CONTROL -> Killed.NO_PROCESSES;
      case ALL -> Kills.all(processes, signal);
    };
  }

  @Override
  public boolean has(int pid) {
    return processes.lives(pid);
  }

  @Override
  public void processes(Consumer<Set<Integer>> taker) {
    processes.census((_, found) -> taker.accept(found));
  }

  @Override
  public void adopt(Unit unit) {
    if (unit.settings() instanceof ScopeSettings settings) {
      rules = new ScopeRules(settings.kill(), settings.timeoutStop(), settings.runtimeMax());
    }
  }

  @Override
  public void forgotten() {
    alarm.clear();
    release();
  }

  private void release() {
    place.claims().remove(claim);
    processes.forget();
  }

  @Override
  public void record(Fields to) {
    to.put("phase", state.phase()).put("timedOut", state.timedOut()).put("stopAsked", stopAsked);
    processes.record(to);
    place.claims().record(claim, to);
    to.put("invocation", invocation);
    var left = alarm.left();
    long now = place.mechanisms().turns().clock().nanos();
    to.putIfAny("bound", left == null ? null : now + left.toNanos());
  }

  @Override
  public void resume(Fields from) throws RecordFault {
    var phase = from.constant(ScopeState.Phase.class, "phase");
    boolean isBound = from.find("bound").isPresent();
    long left = from.number("bound") - place.mechanisms().turns().clock().nanos();
    var named = Claims.read(from);
    processes.resume(from);
    invocation = from.find("invocation").orElse("");
    state = new ScopeState(phase, Boolean.parseBoolean(from.text("timedOut")));
    stopAsked = from.find("stopAsked").filter("true"::equals).isPresent();
    if (!processes.isEmpty()) {
      place.claims().take(claim, processes.unit(), named);
    }
    if (isBound) {
      alarm.set(Duration.ofNanos(Math.max(0, left)), () -> post(ScopeEvent.TIMER_FIRED));
    }
    if (!phase.active().isInactiveOrFailed()) {
      place.mechanisms().turns().soon(processes::look);
    }
  }

  private void post(ScopeEvent event) {
    events.add(event);
  }

  private void step(ScopeEvent event) {
    var transition = ScopeMachine.step(state, event, rules);
    state = transition.next();
    transition.effects().forEach(this::perform);
  }

  private void perform(ScopeEffect effect) {
    switch (effect) {
      case ScopeEffect.SignalAll(var signals) -> processes.signalAll(signals, Set.of(), () -> {});
      case ScopeEffect.Arm(var after) -> alarm.set(after, () -> post(ScopeEvent.TIMER_FIRED));
      case ScopeEffect.Disarm() -> alarm.clear();
      case ScopeEffect.Entered(var phase) -> entered(phase);
    }
  }

  private void entered(ScopeState.Phase phase) {
    if (phase.active().isInactiveOrFailed()) {
      release();
    }
    reports.changed(UnitState.of(phase));
    answer();
  }

  private void answer() {
    if (stopAsked && state.phase().active().isInactiveOrFailed()) {
      stopAsked = false;
      reports.finished(Work.Action.STOP, JobResult.DONE);
    }
  }
}
