package org.usersvc.systemd.run;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.EventQueue;
import org.usersvc.systemd.engine.GivenStreams;
import org.usersvc.systemd.engine.Populated;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.TakesStreams;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.exec.ExecDirectory.Kind;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.record.ServiceStateText;
import org.usersvc.systemd.service.Phase;
import org.usersvc.systemd.service.ServiceEffect;
import org.usersvc.systemd.service.ServiceEvent;
import org.usersvc.systemd.service.ServiceMachine;
import org.usersvc.systemd.service.ServiceResult;
import org.usersvc.systemd.service.ServiceState;
import org.usersvc.systemd.service.Slot;
import org.usersvc.systemd.unit.RestartSettings;
import org.usersvc.systemd.unit.ServiceType;
import org.usersvc.systemd.unit.Unit;

/**
 * One service at run time: feeds {@link ServiceMachine} with what happens, and performs its
 * effects.
 *
 * <p>INVARIANT: an event is followed by all its effects before the next event; those that arise
 * meanwhile wait. <b>Loop thread only.</b>
 */
public final class ServiceRunner implements ServiceController, Populated, TakesStreams {
  private final Workplace place;
  private final ServiceReports reports;
  private final ServiceSettingsNow settings;
  private final ServiceParts parts;
  private final EventQueue<ServiceEvent> events = new EventQueue<>(this::step);
  private ServiceState state = ServiceState.initial();

  /** Begins with a service that is down. */
  public ServiceRunner(Workplace place, Unit unit, Reports reports) {
    this.place = place;
    this.reports = new ServiceReports(reports);
    this.settings = new ServiceSettingsNow(unit);
    this.parts = new ServiceParts(unit.id(), place, settings, new Happenings());
  }

  /** What happens to the parts is an event. */
  private final class Happenings implements ServiceParts.Listener {
    @Override
    public ServiceState state() {
      return state;
    }

    @Override
    public void happens(ServiceEvent event) {
      post(event);
    }

    @Override
    public void signalled() {
      if (!parts.processes().isEmpty()) {
        reports.stays();
      }
      reports.noted();
    }

    @Override
    public void shown() {
      reports.shown();
    }
  }

  @Override
  public UnitState state() {
    return ServiceReports.state(state.phase());
  }

  @Override
  public boolean canReload() {
    var own = settings.own();
    return own.commands().has(ExecStep.RELOAD) || own.type() == ServiceType.NOTIFY_RELOAD;
  }

  @Override
  public boolean isStartLimited() {
    return true;
  }

  @Override
  public void start(String invocation) {
    parts.begin(invocation);
    post(new ServiceEvent.StartAsked(false));
  }

  @Override
  public void refuseStart() {
    post(new ServiceEvent.StartAsked(true));
  }

  @Override
  public void restartFailed() {
    if (state.phase() instanceof Phase.AutoRestartQueued) {
      post(new ServiceEvent.StopAsked(false));
    }
  }

  @Override
  public void restartRefused() {
    post(new ServiceEvent.RestartRefused());
  }

  @Override
  public void stop(boolean restart) {
    post(new ServiceEvent.StopAsked(restart));
  }

  @Override
  public void reload() {
    post(new ServiceEvent.ReloadAsked());
  }

  @Override
  public void resetFailed() {
    post(new ServiceEvent.ResetFailed());
  }

  @Override
  public Killed kill(Who who, Signal signal) {
    return switch (who) {
      case MAIN -> Kills.one(parts.processes(), mainPid(), signal);
      case CONTROL -> Kills.one(parts.processes(), controlPid(), signal);
      case ALL -> Kills.all(parts.processes(), signal);
    };
  }

  @Override
  public Set<Kind> cleanable() {
    return settings.exec().directories().keySet();
  }

  @Override
  public void clean(Set<Kind> kinds, Runnable done) {
    parts.files().clean(kinds, done);
  }

  @Override
  public void adopt(Unit unit) {
    settings.adopt(unit);
    settings.settle(state.phase());
  }

  @Override
  public void forgotten() {
    parts.forget();
  }

  @Override
  public int mainPid() {
    return state.pid(Slot.MAIN);
  }

  @Override
  public int controlPid() {
    return state.pid(Slot.CONTROL);
  }

  @Override
  public void give(GivenStreams streams) {
    parts.give(streams);
  }

  @Override
  public ServiceResult result() {
    return state.result();
  }

  @Override
  public int restarts() {
    return state.restarts();
  }

  @Override
  public String statusText() {
    return parts.messages().status();
  }

  @Override
  public int statusErrno() {
    return parts.messages().errno();
  }

  @Override
  public String statusBusError() {
    return parts.messages().busError();
  }

  @Override
  public Optional<Main> lastMain() {
    return parts.main().last();
  }

  @Override
  public Optional<Main> command(ExecStep step, int index) {
    return parts.commands().status(step, index);
  }

  @Override
  public boolean has(int pid) {
    return parts.processes().lives(pid);
  }

  @Override
  public void processes(Consumer<Set<Integer>> taker) {
    parts.processes().census((_, found) -> taker.accept(found));
  }

  @Override
  public void record(Fields to) {
    ServiceStateText.write(state, to);
    parts.record(to);
  }

  @Override
  public void resume(Fields from) throws RecordFault {
    var left = ServiceStateText.read(from);
    var now = new Resumed(left, settings.own(), parts, place.mechanisms().turns(), this::post);
    now.check();
    parts.resume(from, left);
    state = left;
    reports.resume(left.phase());
    now.catchUp(this::restartDue);
  }

  @Override
  public boolean recover(String invocation, Collection<Integer> pids, int leader) {
    boolean isDown = state.phase() instanceof Phase.Down;
    if (isDown) {
      parts.begin(invocation);
    }
    pids.forEach(parts.processes()::attach);
    if (isDown) {
      state = Resumed.unrecorded(settings.own().type(), leader);
      parts.main().is(leader);
      entered(state.phase());
      if (leader != 0) {
        parts.commands().resume(Slot.MAIN, leader);
      }
      if (settings.own().type() == ServiceType.ONESHOT) {
        post(new ServiceEvent.StopAsked(false));
      }
      parts.processes().look();
    }
    return isDown;
  }

  private void post(ServiceEvent event) {
    events.add(event);
  }

  private void step(ServiceEvent event) {
    var before = state;
    settings.settle(before.phase());
    parts.main().note(event, mainPid(), settings.own().type());
    var transition = ServiceMachine.step(before, event, settings.rules());
    state = transition.next();
    parts.main().is(mainPid());
    boolean entered = false;
    boolean extended = false;
    for (var effect : transition.effects()) {
      entered |= effect instanceof ServiceEffect.Entered;
      extended |= effect instanceof ServiceEffect.Extend;
      perform(effect);
    }
    if (!entered && !state.looksAs(before)) {
      reports.shown();
    } else if (extended || !state.equals(before)) {
      reports.noted();
    }
  }

  private void perform(ServiceEffect effect) {
    switch (effect) {
      case ServiceEffect.RunCommand run -> parts.run(run, place(run));
      case ServiceEffect.SignalUnit(boolean all, List<Signal> signals) -> signal(all, signals);
      case ServiceEffect.SignalMain(Signal signal) -> parts.signalMain(mainPid(), signal);
      case ServiceEffect.EndLeftovers _ -> parts.signalAll(List.of(Signal.KILL), pids());
      case ServiceEffect.Abandon(Slot slot, boolean kill) -> parts.commands().abandon(slot, kill);
      case ServiceEffect.FindMain _ -> parts.search().begin(settings.own().main());
      case ServiceEffect.Arm arm -> parts.timers().arm(arm.timer(), arm.after());
      case ServiceEffect.Extend more -> parts.timers().extend(more.timer(), more.atLeast());
      case ServiceEffect.Disarm(var timer) -> parts.timers().disarm(timer);
      case ServiceEffect.EnqueueRestart _ -> restartDue();
      case ServiceEffect.Entered(Phase phase) -> entered(phase);
      case ServiceEffect.JobFinished(var request, var outcome) ->
          reports.finished(request, outcome);
      case ServiceEffect.JobDeferred(var request) -> reports.deferred(request);
    }
  }

  private int place(ServiceEffect.RunCommand run) {
    return CommandPlace.of(run.command(), settings.own().commands().of(run.step()), state.phase());
  }

  private void signal(boolean all, List<Signal> signals) {
    if (all) {
      parts.signalAll(signals, Set.of());
    } else {
      pids().forEach(pid -> parts.processes().signal(pid, signals));
    }
  }

  /** The main and the control process. */
  private Set<Integer> pids() {
    var pids = new LinkedHashSet<>(List.of(mainPid(), controlPid()));
    pids.remove(0);
    return pids;
  }

  private void entered(Phase phase) {
    boolean restarting = state.facts().contains(ServiceState.Fact.RESTARTING);
    parts.entered(phase, restarting);
    if (isPassed(phase)) {
      reports.passes(phase);
    } else {
      reports.entered(phase, state.facts().contains(ServiceState.Fact.RELOAD_FAILED));
    }
  }

  private void restartDue() {
    reports.restartDue(settings.own().restart().mode());
  }

  /** Whether it may be that no process is left, and that other units are not to notice. */
  private boolean isPassed(Phase phase) {
    return phase instanceof Phase.Killing
        && pids().isEmpty()
        && settings.own().restart().mode() == RestartSettings.Mode.DIRECT;
  }
}
