package org.usersvc.systemd.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.service.ServiceEffect.Entered;
import org.usersvc.systemd.service.ServiceEffect.JobFinished;
import org.usersvc.systemd.service.ServiceEffect.RunCommand;
import org.usersvc.systemd.service.ServiceEffect.SignalUnit;
import org.usersvc.systemd.service.ServiceEvent.CommandStarted;
import org.usersvc.systemd.service.ServiceEvent.Exited;
import org.usersvc.systemd.service.ServiceEvent.StartAsked;
import org.usersvc.systemd.service.ServiceEvent.StopAsked;
import org.usersvc.systemd.service.ServiceEvent.TimerFired;

/** A service in a test: programs are executed as soon as they are ordered, unless it is manual. */
final class Run {
  static final int MAIN = 100;
  static final int CONTROL = 200;
  static final int CHILD = 300;

  private final ServiceRules rules;
  private final boolean manual;
  private final List<ServiceEffect> effects = new ArrayList<>();
  private final Set<ServiceTimer> armed = new HashSet<>();
  private ServiceState state = ServiceState.initial();

  private Run(ServiceRules rules, boolean manual) {
    this.rules = rules;
    this.manual = manual;
  }

  static Run of(UnitRules rules) {
    return new Run(rules.build(), false);
  }

  /** The same; the test itself answers orders of commands. */
  static Run manual(UnitRules rules) {
    return new Run(rules.build(), true);
  }

  Run happens(ServiceEvent event) {
    var step = ServiceMachine.step(state, event, rules);
    state = step.next();
    step.effects().forEach(this::perform);
    for (var effect : step.effects()) {
      if (effect instanceof RunCommand run && !manual) {
        boolean main = Slot.of(run.step(), rules.type()) == Slot.MAIN;
        happens(new CommandStarted(run.step(), main ? MAIN : CONTROL));
      }
    }
    return this;
  }

  private void perform(ServiceEffect effect) {
    effects.add(effect);
    if (effect instanceof ServiceEffect.Arm(var timer, _)) {
      armed.add(timer);
    } else if (effect instanceof ServiceEffect.Disarm(var timer)) {
      armed.remove(timer);
    }
  }

  Run start() {
    return happens(new StartAsked(false));
  }

  Run stop() {
    return happens(new StopAsked(false));
  }

  Run mainExits(int code) {
    return happens(new Exited(state.pid(Slot.MAIN), ExitStatus.exited(code)));
  }

  Run mainKilled(int signal) {
    return happens(new Exited(state.pid(Slot.MAIN), ExitStatus.killed(signal, false)));
  }

  Run commandExits(int code) {
    return happens(new Exited(state.pid(Slot.CONTROL), ExitStatus.exited(code)));
  }

  Run allGone() {
    return happens(new ServiceEvent.ProcessesGone());
  }

  /** The timer fires; it must be armed. */
  Run fires(ServiceTimer timer) {
    if (!armed.remove(timer)) {
      throw new AssertionError(timer + " is not armed in " + state);
    }
    return happens(new TimerFired(timer));
  }

  ServiceState state() {
    return state;
  }

  /** Active state and sub-state: {@code active/running}. */
  String shown() {
    return state.phase().active().word() + "/" + state.phase().word();
  }

  ServiceResult result() {
    return state.result();
  }

  /** The programs that were ordered, by what they are for. */
  List<String> programs() {
    return effects.stream()
        .filter(RunCommand.class::isInstance)
        .map(effect -> ((RunCommand) effect).command().program().replace("/bin/", ""))
        .toList();
  }

  /** The order for the last command. */
  RunCommand lastCommand() {
    return effects.stream()
        .filter(RunCommand.class::isInstance)
        .map(RunCommand.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  /** All answers to requests, in order: {@code start done}. */
  List<String> answers() {
    return effects.stream()
        .filter(JobFinished.class::isInstance)
        .map(JobFinished.class::cast)
        .map(job -> (job.request() + " " + job.outcome()).toLowerCase(java.util.Locale.ROOT))
        .toList();
  }

  /** All signals to the unit, in order. */
  List<SignalUnit> signals() {
    return effects.stream()
        .filter(SignalUnit.class::isInstance)
        .map(SignalUnit.class::cast)
        .toList();
  }

  /** The words of all phases that were entered. */
  List<String> phases() {
    return effects.stream()
        .filter(Entered.class::isInstance)
        .map(effect -> ((Entered) effect).phase().word())
        .toList();
  }

  List<ServiceEffect> effects() {
    return effects;
  }
}
