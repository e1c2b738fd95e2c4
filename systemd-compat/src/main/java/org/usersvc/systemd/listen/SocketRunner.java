package org.usersvc.systemd.listen;

import java.util.List;
import java.util.Optional;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.EventQueue;
import org.usersvc.systemd.engine.RateLimit;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.SocketController;
import org.usersvc.systemd.engine.Triggering;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.socket.SocketEffect;
import org.usersvc.systemd.socket.SocketEvent;
import org.usersvc.systemd.socket.SocketMachine;
import org.usersvc.systemd.socket.SocketState;
import org.usersvc.systemd.socket.SocketState.Phase;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Unit;

/** One socket unit at run time. <b>Loop thread only.</b> */
public final class SocketRunner implements SocketController {
  private final Workplace place;
  private final Reports reports;
  private final SettingsNow settings;
  private final Triggering triggering;
  private final ServedService served;
  private final OpenSockets sockets;
  private final Connections connections;
  private final UnitCommands commands;
  private final Alarm alarm;
  private final EventQueue<SocketEvent> events = new EventQueue<>(this::step);
  private SocketState state = SocketState.INITIAL;
  private final RateLimit triggers = new RateLimit();
  private String invocation = "";
  private int readable = -1;

  SocketRunner(Unit unit, Reports reports, Workplace place) {
    this.place = place;
    this.reports = reports;
    settings = new SettingsNow(unit);
    triggering = new Triggering(this::id, place.manager(), place.warn());
    served = new ServedService(settings, triggering, place);
    sockets = new OpenSockets(place.mechanisms(), this::warn);
    connections = new Connections(place);
    commands = place.commands().make(unit, new Told());
    alarm = place.mechanisms().turns().alarm();
  }

  private void warn(String text) {
    triggering.warn(text);
  }

  private UnitName id() {
    return settings.unit().id();
  }

  /** What is on its way up or down begins anew under the next daemon. */
  @Override
  public void record(Fields to) {
    if (state.phase().active().isActive()) {
      to.put("phase", state.phase());
      connections.record(to);
    }
  }

  @Override
  public void resume(Fields from) throws RecordFault {
    if (from.find("phase").isEmpty() || settings.isMissing()) {
      return;
    }
    var phase = from.constant(Phase.class, "phase");
    if (!phase.active().isActive()) {
      throw new RecordFault("has a phase without sockets (" + phase.word() + ")");
    }
    connections.resume(from);
    boolean isOurs = phase == Phase.LISTENING || sockets.isLeft(settings.own());
    if (isOurs && !open()) {
      return;
    }
    state = SocketState.resumed(phase);
    if (phase == Phase.LISTENING) {
      sockets.watch(this::readable);
    } else {
      place.mechanisms().turns().atEnd(this::review);
    }
  }

  /** The service may have ended while no daemon lived. */
  private void review() {
    place.manager().find(settings.own().service()).ifPresent(this::triggeredChanged);
  }

  @Override
  public UnitState state() {
    return UnitState.of(state.phase());
  }

  @Override
  public boolean isStartLimited() {
    return true;
  }

  @Override
  public void start(String id) {
    boolean isUp = state.phase().active().isActive();
    invocation = id;
    handle(new SocketEvent.StartAsked(!isUp && served.isImpossible()));
  }

  @Override
  public void refuseStart() {
    handle(new SocketEvent.StartLimited());
  }

  @Override
  public void stop(boolean restart) {
    handle(new SocketEvent.StopAsked());
  }

  @Override
  public void resetFailed() {
    triggers.reset();
    handle(new SocketEvent.ResetFailed());
  }

  @Override
  public Killed kill(Who who, Signal signal) {
    return switch (who) {
      case MAIN -> Killed.NO_PROCESSES;
      case CONTROL -> killed(false, signal);
      case ALL -> killed(true, signal);
    };
  }

  private Killed killed(boolean all, Signal signal) {
    return commands.signal(all, List.of(signal)) ? Killed.SENT : Killed.NO_SUCH_PROCESS;
  }

  @Override
  public void adopt(Unit unit) {
    settings.adopt(unit);
  }

  @Override
  public void triggeredChanged(UnitRecord service) {
    if (settings.isMissing() || !service.unit().names().contains(settings.own().service())) {
      return;
    }
    if (Triggering.isLimited(service)) {
      handle(new SocketEvent.ServiceLimited());
    } else if (!triggering.isSettled(service)) {
      return;
    } else if (ServedService.isWithoutSockets(service.state())) {
      handle(new SocketEvent.ServiceDown());
    } else if (service.state().sub().equals("running")) {
      handle(new SocketEvent.ServiceUp());
    }
  }

  /** An instance for a connection has another state. */
  void instanceChanged(UnitRecord service) {
    boolean hasEnded = service.state().active().isInactiveOrFailed();
    if (triggering.isSettled(service) && hasEnded && connections.close(service.unit().id())) {
      reports.shown();
    }
  }

  /** The service that it starts; a template with {@code Accept=yes}. */
  Optional<UnitName> service() {
    return settings.isMissing() ? Optional.empty() : Optional.of(settings.own().service());
  }

  /** What one service gets: the connection that is its own, else all sockets. */
  List<Passed> descriptors(UnitName service) {
    return connections
        .of(service)
        .map(connection -> List.of(new Passed(connection, "connection")))
        .orElseGet(this::descriptors);
  }

  @Override
  public List<Passed> descriptors() {
    if (settings.isMissing() || settings.own().acceptsConnections()) {
      return List.of();
    }
    String name = settings.own().names().descriptor();
    return sockets.all().stream().map(each -> new Passed(each, name)).toList();
  }

  @Override
  public String result() {
    return state.result().word();
  }

  @Override
  public int controlPid() {
    return state.controlPid();
  }

  @Override
  public int connections() {
    return connections.count();
  }

  @Override
  public int accepted() {
    return connections.accepted();
  }

  @Override
  public int refused() {
    return connections.refused();
  }

  private void handle(SocketEvent event) {
    events.add(event);
  }

  private void step(SocketEvent event) {
    var step = SocketMachine.step(state, event, settings.rules());
    state = step.next();
    step.effects().forEach(this::perform);
  }

  private void perform(SocketEffect effect) {
    switch (effect) {
      case SocketEffect.RunCommand(var step, var command) ->
          commands.run(
              new UnitCommands.Order(
                  step, command, settings.own().commands().exec(), invocation(), passed()));
      case SocketEffect.SignalUnit(boolean all, var signals) -> commands.signal(all, signals);
      case SocketEffect.Abandon(boolean kill) -> commands.abandon(kill);
      case SocketEffect.Open _ ->
          handle(open() ? new SocketEvent.Opened() : new SocketEvent.NotOpened());
      case SocketEffect.Close _ -> close();
      case SocketEffect.Watch _ -> watch();
      case SocketEffect.Unwatch _ -> sockets.unwatch();
      case SocketEffect.Flush _ -> sockets.flush();
      case SocketEffect.Trigger _ -> trigger();
      case SocketEffect.Accept _ -> accept();
      case SocketEffect.Arm(var after) ->
          alarm.set(after, () -> handle(new SocketEvent.TimerFired()));
      case SocketEffect.Disarm _ -> alarm.clear();
      case SocketEffect.Entered(var phase) -> entered(phase);
      case SocketEffect.Finished(var request, var result) -> reports.finished(request, result);
      case SocketEffect.Deferred(var request) -> reports.deferred(request);
    }
  }

  /** An earlier daemon may have begun the run. */
  private String invocation() {
    return invocation.isEmpty()
        ? place.manager().find(id()).map(UnitRecord::invocation).orElse("")
        : invocation;
  }

  private List<Passed> passed() {
    return settings.own().passesToExec() ? descriptors() : List.of();
  }

  private boolean open() {
    try {
      sockets.open(settings.own());
      return true;
    } catch (FileFault fault) {
      warn(String.valueOf(fault.getMessage()));
      return false;
    }
  }

  private void close() {
    sockets.close();
    if (settings.own().names().removesOnStop()) {
      sockets.remove(settings.own());
    }
  }

  /** Sockets that a service kept while no daemon lived have gone with it. */
  private void watch() {
    if (sockets.isOpen() || open()) {
      sockets.watch(this::readable);
    } else {
      handle(new SocketEvent.TriggerRefused());
    }
  }

  private void entered(Phase phase) {
    reports.changed(UnitState.of(phase));
  }

  /** Something has come to a socket. */
  private void readable(int descriptor) {
    if (state.phase() != Phase.LISTENING) {
      return;
    }
    var own = place.manager().jobOf(id());
    if (own.isPresent() && own.get().type() == JobType.STOP) {
      sockets.flush();
      return;
    }
    long now = place.mechanisms().turns().clock().nanos();
    boolean limited = !triggers.take(now, settings.own().triggerLimit());
    readable = descriptor;
    handle(new SocketEvent.Arrived(limited));
  }

  private void trigger() {
    if (!served.start()) {
      handle(new SocketEvent.TriggerRefused());
    }
  }

  private void accept() {
    connections.accept(readable, settings.own()).ifPresent(this::cannotStart);
    reports.shown();
  }

  private void cannotStart(String why) {
    warn("cannot start its service: " + why);
    handle(new SocketEvent.TriggerRefused());
  }

  /** What became of commands. */
  private final class Told implements UnitCommands.Listener {
    @Override
    public void started(ExecStep step, int pid) {
      handle(new SocketEvent.CommandStarted(step, pid));
      reports.shown();
    }

    @Override
    public void failed(ExecStep step, ExitStatus status) {
      handle(new SocketEvent.CommandFailed(step, status));
    }

    @Override
    public void ended(int pid, ExitStatus status) {
      handle(new SocketEvent.Exited(pid, status));
    }
  }
}
