package org.usersvc.systemd.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.GivenStreams;
import org.usersvc.systemd.engine.SocketController.Passed;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.prepare.CommandOrder;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.service.Phase;
import org.usersvc.systemd.service.ServiceEffect;
import org.usersvc.systemd.service.ServiceEvent;
import org.usersvc.systemd.service.ServiceState;
import org.usersvc.systemd.service.ServiceTimer;
import org.usersvc.systemd.service.Slot;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.NotifySettings.Access;
import org.usersvc.systemd.unit.RestartSettings.Mode;
import org.usersvc.systemd.unit.ServiceType;

/**
 * The parts of a service at run time: its processes, commands, timers, messages, and what they
 * report as events. <b>Loop thread only.</b>
 */
final class ServiceParts {
  private final UnitName name;
  private final Workplace place;
  private final ServiceSettingsNow settings;
  private final Listener listener;
  private final Gate gate = new Gate();
  private final UnitProcesses processes;
  private final Commands commands;
  private final ServiceTimers timers;
  private final MainSearch search;
  private final Messages messages;
  private final Belongings belongings;
  private final ServiceFiles files;
  private final IdleWait idle;

  private final MainRecord main;
  private String invocation = "";
  private long reloadBegan;
  private boolean down = true;

  /** The service that the parts are of. */
  interface Listener {
    ServiceState state();

    void happens(ServiceEvent event);

    /** Something that doors show has another value. */
    void shown();

    /** Signals have been sent to all processes that live; the next daemon need not send them. */
    void signalled();
  }

  ServiceParts(UnitName name, Workplace place, ServiceSettingsNow settings, Listener listener) {
    this.name = name;
    this.place = place;
    this.settings = settings;
    this.listener = listener;
    String unit = name.toString();
    var turns = place.mechanisms().turns();
    var happenings = new ProcessHappenings(listener, this::emptied);
    processes =
        new UnitProcesses(
            place,
            (table, known) -> place.claims().without(table.of(known), table),
            happenings.ofProcesses());
    commands = new Commands(unit, place, processes, happenings.ofCommands());
    timers =
        new ServiceTimers(turns, timer -> listener.happens(new ServiceEvent.TimerFired(timer)));
    search = new MainSearch(place, processes, happenings.ofSearch());
    messages = new Messages(unit, place, new Spoken());
    belongings = new Belongings(unit, place, messages);
    files = new ServiceFiles(place, settings, gate);
    idle = new IdleWait(place, gate);
    main = new MainRecord(turns.clock());
  }

  UnitProcesses processes() {
    return processes;
  }

  Commands commands() {
    return commands;
  }

  ServiceTimers timers() {
    return timers;
  }

  MainSearch search() {
    return search;
  }

  Messages messages() {
    return messages;
  }

  ServiceFiles files() {
    return files;
  }

  MainRecord main() {
    return main;
  }

  private void emptied() {
    belongings.emptied();
  }

  /** Whether a process belongs to the service, as far as that is known at once. */
  boolean has(int pid) {
    return processes.hasId(pid) || processes.has(pid);
  }

  /** Commands have these streams until the service is down. */
  void give(GivenStreams streams) {
    belongings.take(streams);
  }

  /** The next start is the run with that id. */
  void begin(String id) {
    if (!id.equals(invocation)) {
      invocation = id;
      processes.begin(id);
    }
  }

  /** Executes a command. */
  void run(ServiceEffect.RunCommand run, int index) {
    var slot = Slot.of(run.step(), settings.own().type());
    if (run.step() == ExecStep.START && settings.own().type() == ServiceType.IDLE) {
      idle.begin();
    }
    var key = new Commands.Key(run.step(), index);
    commands.run(key, run.command(), slot, gate, () -> order(run));
  }

  /** Executes the command that an earlier daemon has held back; false if it had held none back. */
  boolean runHeldBack() {
    boolean wasHeldBack = idle.takeHeldBack();
    if (wasHeldBack) {
      var command = settings.own().commands().of(ExecStep.START).getFirst();
      run(new ServiceEffect.RunCommand(ExecStep.START, command, Map.of()), 0);
    }
    return wasHeldBack;
  }

  private CommandOrder order(ServiceEffect.RunCommand run) {
    boolean starts = run.step() == ExecStep.START;
    var passed = starts ? place.sockets().of(name) : List.<Passed>of();
    var variables = new ServiceVariables(invocation, place.self());
    variables.listening(messages.path(), settings.own().messages().access(), run.step());
    if (!settings.exec().streams().takesSocket()) {
      variables.passed(passed);
    }
    variables.put("PIDFILE", settings.own().main().pidFile());
    if (starts) {
      variables.watchdog(settings.watchdog());
      boolean again = listener.state().restarts() > 0;
      variables.put("DEBUG_INVOCATION", again && isDebugged() ? "1" : null);
    }
    variables.putAll(run.variables());
    variables.putAll(place.monitored().variables(name, run.step()));
    return new CommandOrder(
        run.command(),
        belongings.exec(settings.exec()),
        variables.values(),
        variables.pidNames(),
        belongings.log(),
        passed);
  }

  private boolean isDebugged() {
    return settings.own().restart().mode() == Mode.DEBUG;
  }

  /** Sends signals to all processes but some; commands wait until all have got them. */
  void signalAll(List<Signal> signals, Set<Integer> spared) {
    idle.end();
    gate.hold();
    processes.signalAll(signals, spared, gate::release);
  }

  /** Sends the main process the signal of a reload. */
  void signalMain(int pid, Signal signal) {
    reloadBegan = place.mechanisms().turns().clock().nanos();
    processes.signal(pid, List.of(signal));
  }

  /**
   * A phase is entered.
   *
   * @param restarting whether the stop is the first half of a restart
   */
  void entered(Phase phase, boolean restarting) {
    search.end();
    boolean before = down;
    down = phase instanceof Phase.Down;
    if (before && !down) {
      begun();
    }
    boolean over = isOver(phase);
    if (!before && down) {
      files.removePidFile();
      files.removeDirectories(restarting || !over);
    }
    if (over) {
      timers.clear();
      belongings.close(processes.isEmpty());
    }
  }

  private void begun() {
    commands.forgetStatuses();
    settings.reset();
    messages.reset();
    open();
  }

  private void open() {
    belongings.open(
        settings.own().main().busName(),
        () -> later(new ServiceEvent.NameOwned()),
        () -> later(new ServiceEvent.NameLost()));
  }

  /** Ends of processes in this turn come first. */
  private void later(ServiceEvent event) {
    place.mechanisms().turns().soon(() -> listener.happens(event));
  }

  /** Writes what the next daemon has to know of the parts. */
  void record(Fields to) {
    processes.record(to);
    timers.record(to);
    main.record(to);
    to.put("status", messages.status());
    to.put("errno", messages.errno());
    to.putIfAny("busError", messages.busError().isEmpty() ? null : messages.busError());
    to.put("reloadBegan", reloadBegan);
    idle.record(to);
    var wanted = settings.wanted();
    to.putIfAny("watchdog", wanted == null ? null : wanted.toNanos());
  }

  /**
   * Goes on where an earlier daemon was, in that state.
   *
   * @throws RecordFault if the record is damaged; nothing has changed then
   */
  void resume(Fields from, ServiceState as) throws RecordFault {
    var armed = ServiceTimers.read(from);
    var last = MainRecord.read(from);
    int errno = (int) from.number("errno");
    long began = from.number("reloadBegan");
    var wanted = from.find("watchdog");
    long every = from.number("watchdog");
    idle.resume(from);
    processes.resume(from);
    invocation = from.text("group");
    main.resume(last);
    messages.resume(from.find("status").orElse(""), errno, from.find("busError").orElse(""));
    reloadBegan = began;
    wanted.ifPresent(_ -> settings.watchdogEvery(Duration.ofNanos(every)));
    for (var slot : Slot.values()) {
      if (as.pid(slot) != 0) {
        commands.resume(slot, as.pid(slot));
      }
    }
    resumeTimers(armed);
    down = as.phase() instanceof Phase.Down;
    if (!isOver(as.phase())) {
      open();
    }
  }

  /** Signs of life may have been missed meanwhile, so that time begins anew. */
  private void resumeTimers(Map<ServiceTimer, Long> armed) {
    var watchdog = settings.watchdog();
    boolean isWatched = armed.remove(ServiceTimer.WATCHDOG) != null;
    timers.resume(armed);
    if (isWatched && watchdog != null) {
      timers.arm(ServiceTimer.WATCHDOG, watchdog);
    }
  }

  private static boolean isOver(Phase phase) {
    return phase instanceof Phase.Dead || phase instanceof Phase.Failed;
  }

  /** The unit is forgotten. */
  void forget() {
    timers.clear();
    search.end();
    processes.forget();
    belongings.close(true);
  }

  private final class Spoken implements Messages.Service {
    @Override
    public ServiceState state() {
      return listener.state();
    }

    @Override
    public Access access() {
      return settings.own().messages().access();
    }

    @Override
    public boolean timesReloads() {
      return settings.own().type() == ServiceType.NOTIFY_RELOAD;
    }

    @Override
    public long reloadBegan() {
      return reloadBegan;
    }

    @Override
    public boolean takes(int pid) {
      return has(pid) && processes.attach(pid);
    }

    @Override
    public void watchdogEvery(Duration time) {
      settings.watchdogEvery(time);
      timers.disarm(ServiceTimer.WATCHDOG);
      listener.happens(new ServiceEvent.KeptAlive());
    }

    @Override
    public void happens(ServiceEvent event) {
      listener.happens(event);
    }

    @Override
    public void shown() {
      listener.shown();
    }
  }
}
