package org.usersvc.systemd.service;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings.Mode;
import org.usersvc.systemd.service.Exploration.Node;
import org.usersvc.systemd.unit.MainProcessSettings.ExitType;
import org.usersvc.systemd.unit.ServiceType;

/** The world around one step: what an event and its effects make true, and what they break. */
final class FakeWorld {
  private final Node before;
  private final ServiceRules rules;
  private final EnumSet<Fact> facts = EnumSet.noneOf(Fact.class);
  private final EnumSet<Invariant> broken = EnumSet.noneOf(Invariant.class);
  private @Nullable ExecStep ordered;
  private boolean asked;
  private int answers;

  FakeWorld(Node before) {
    this.before = before;
    this.rules = before.rules();
    this.ordered = before.ordered();
    facts.addAll(before.facts());
  }

  Set<Fact> facts() {
    return Set.copyOf(facts);
  }

  @Nullable ExecStep ordered() {
    return facts.contains(Fact.CONTROL_ORDERED) ? ordered : null;
  }

  Set<Invariant> broken() {
    return broken;
  }

  private boolean has(Fact fact) {
    return facts.contains(fact);
  }

  private void demand(Invariant invariant, boolean holds) {
    if (!holds) {
      broken.add(invariant);
    }
  }

  /** What the event itself says of the world. */
  void happen(ServiceEvent event) {
    switch (event) {
      case ServiceEvent.StartAsked _ -> {
        asked = true;
        facts.remove(Fact.STOPPED);
      }
      case ServiceEvent.StopAsked _ -> {
        asked = true;
        facts.add(Fact.STOPPED);
      }
      case ServiceEvent.ReloadAsked _ -> asked = true;
      case ServiceEvent.CommandStarted(ExecStep step, _) -> started(Slot.of(step, rules.type()));
      case ServiceEvent.CommandFailed(ExecStep step, _) -> facts.remove(orderedFact(step));
      case ServiceEvent.NoResources(ExecStep step) -> facts.remove(orderedFact(step));
      case ServiceEvent.Exited(int pid, _) -> exited(pid);
      case ServiceEvent.ProcessesGone _ ->
          facts.removeAll(Set.of(Fact.OTHERS_LIVE, Fact.GONE_DUE, Fact.SEARCHING));
      case ServiceEvent.MainFound _ -> {
        facts.add(Fact.MAIN_LIVES);
        facts.remove(Fact.SEARCHING);
      }
      case ServiceEvent.MainUnknown _ -> facts.remove(Fact.SEARCHING);
      case ServiceEvent.TimerFired(ServiceTimer timer) -> facts.remove(armed(timer));
      case ServiceEvent.ResetFailed _, ServiceEvent.Notified _, ServiceEvent.KeptAlive _ -> {}
      case ServiceEvent.WatchdogTriggered _, ServiceEvent.TimeoutExtended _ -> {}
      case ServiceEvent.NameOwned _, ServiceEvent.NameLost _ -> {}
      case ServiceEvent.RestartRefused _ -> {}
    }
  }

  private void started(Slot slot) {
    facts.remove(slot == Slot.MAIN ? Fact.MAIN_ORDERED : Fact.CONTROL_ORDERED);
    facts.add(slot == Slot.MAIN ? Fact.MAIN_LIVES : Fact.CONTROL_LIVES);
    facts.add(Fact.OTHERS_LIVE);
    facts.remove(Fact.GONE_DUE);
  }

  private void exited(int pid) {
    var of =
        pid == Run.MAIN
            ? Set.of(Fact.MAIN_LIVES, Fact.MAIN_KILLED)
            : Set.of(Fact.CONTROL_LIVES, Fact.CONTROL_KILLED);
    facts.removeAll(of);
    dueIfGone();
  }

  private void dueIfGone() {
    if (!has(Fact.MAIN_LIVES) && !has(Fact.CONTROL_LIVES) && !has(Fact.OTHERS_LIVE)) {
      facts.add(Fact.GONE_DUE);
    }
  }

  private Fact orderedFact(ExecStep step) {
    return Slot.of(step, rules.type()) == Slot.MAIN ? Fact.MAIN_ORDERED : Fact.CONTROL_ORDERED;
  }

  private static Fact armed(ServiceTimer timer) {
    return switch (timer) {
      case PHASE -> Fact.PHASE_ARMED;
      case RUNTIME -> Fact.RUNTIME_ARMED;
      case WATCHDOG -> Fact.WATCHDOG_ARMED;
      case RESTART -> Fact.RESTART_ARMED;
    };
  }

  void perform(ServiceEffect effect, ServiceState next) {
    switch (effect) {
      case ServiceEffect.RunCommand run -> order(run.step());
      case ServiceEffect.SignalUnit(boolean all, List<Signal> signals) -> signal(all, signals);
      case ServiceEffect.SignalMain _ -> demand(Invariant.PROCESSES_ARE_TRUE, has(Fact.MAIN_LIVES));
      case ServiceEffect.EndLeftovers _ -> facts.remove(Fact.OTHERS_LIVE);
      case ServiceEffect.Abandon(Slot slot, boolean kill) -> abandon(slot, kill);
      case ServiceEffect.FindMain _ -> {
        facts.add(Fact.SEARCHING);
        dueIfGone();
      }
      case ServiceEffect.Arm(ServiceTimer timer, _) -> facts.add(armed(timer));
      case ServiceEffect.Extend _ -> {}
      case ServiceEffect.Disarm(ServiceTimer timer) -> facts.remove(armed(timer));
      case ServiceEffect.EnqueueRestart _ ->
          demand(Invariant.STOPPED_STAYS_DOWN, !has(Fact.STOPPED));
      case ServiceEffect.Entered(Phase phase) -> entered(phase, next);
      case ServiceEffect.JobFinished _, ServiceEffect.JobDeferred _ -> answers++;
    }
  }

  private void order(ExecStep step) {
    boolean main = Slot.of(step, rules.type()) == Slot.MAIN;
    demand(Invariant.ONE_OF_EACH, !has(main ? Fact.MAIN_LIVES : Fact.CONTROL_LIVES));
    demand(Invariant.ONE_OF_EACH, facts.add(main ? Fact.MAIN_ORDERED : Fact.CONTROL_ORDERED));
    ordered = main ? ordered : step;
    if (step == ExecStep.STOP) {
      var phase = before.state().phase();
      boolean early = phase instanceof Phase.Condition || phase instanceof Phase.StartPre;
      demand(Invariant.STOP_AFTER_START, !early && !(phase instanceof Phase.Killing));
    }
    if (step == ExecStep.STOP_POST && !(before.state().phase() instanceof Phase.StopPost)) {
      demand(Invariant.STOP_POST_ONCE, facts.add(Fact.POSTED));
    }
  }

  private void signal(boolean all, List<Signal> signals) {
    demand(Invariant.KILL_MODE, rules.kill().mode() != Mode.NONE);
    demand(Invariant.KILL_MODE, !all || rules.kill().mode() != Mode.PROCESS);
    if (signals.contains(Signal.KILL)) {
      demand(Invariant.KILL_MODE, sendsLast());
      addIf(Fact.MAIN_LIVES, Fact.MAIN_KILLED);
      addIf(Fact.CONTROL_LIVES, Fact.CONTROL_KILLED);
    }
    if (all) {
      dueIfGone();
    }
  }

  private boolean sendsLast() {
    return rules.kill().sendsFinalKill();
  }

  private void addIf(Fact condition, Fact fact) {
    if (has(condition)) {
      facts.add(fact);
    }
  }

  private void abandon(Slot slot, boolean kill) {
    boolean main = slot == Slot.MAIN;
    boolean lives = has(main ? Fact.MAIN_LIVES : Fact.CONTROL_LIVES);
    boolean killed = has(main ? Fact.MAIN_KILLED : Fact.CONTROL_KILLED);
    boolean may = kill || !sendsLast() || rules.kill().mode() == Mode.NONE;
    demand(Invariant.KILLED_BEFORE_FORGOTTEN, !lives || killed || may);
    facts.removeAll(
        main
            ? Set.of(Fact.MAIN_LIVES, Fact.MAIN_KILLED, Fact.MAIN_ORDERED)
            : Set.of(Fact.CONTROL_LIVES, Fact.CONTROL_KILLED, Fact.CONTROL_ORDERED));
  }

  private void entered(Phase phase, ServiceState next) {
    boolean down = phase instanceof Phase.Down;
    facts.remove(Fact.SEARCHING);
    if (phase instanceof Phase.Starting) {
      facts.add(Fact.BEGUN);
    }
    if (down && facts.remove(Fact.BEGUN)) {
      boolean posted = facts.remove(Fact.POSTED);
      demand(Invariant.STOP_POST_ONCE, posted == rules.commands().has(ExecStep.STOP_POST));
      facts.removeAll(Set.of(Fact.OTHERS_LIVE, Fact.GONE_DUE, Fact.SEARCHING));
    }
    demand(
        Invariant.STOPPED_STAYS_DOWN, !(phase instanceof Phase.AutoRestart) || !has(Fact.STOPPED));
    if (phase instanceof Phase.Dead || phase instanceof Phase.Failed) {
      boolean failed = phase instanceof Phase.Failed;
      demand(Invariant.FAILED_IS_A_FAILURE, failed == next.result().isFailure());
    }
  }

  /** Whether the state tells the truth about the world that it is in now. */
  void review(ServiceState next, List<ServiceEffect> effects) {
    reviewProcesses(next);
    reviewTimers(next.phase());
    reviewRequest(next);
    var was = before.state();
    boolean same = has(Fact.BEGUN) && before.has(Fact.BEGUN) && was.result().isFailure();
    demand(Invariant.FIRST_FAILURE_COUNTS, !same || next.result() == was.result());
    effects.stream()
        .filter(ServiceEffect.Entered.class::isInstance)
        .map(effect -> ((ServiceEffect.Entered) effect).phase())
        .reduce((_, last) -> last)
        .ifPresent(
            last -> demand(Invariant.SHOWN_IS_TRUE, last.getClass() == next.phase().getClass()));
    boolean unknown =
        rules.type() == ServiceType.FORKING || rules.service().main().exitType() == ExitType.CGROUP;
    demand(
        Invariant.RUNNING_HAS_A_PROCESS,
        !(next.phase() instanceof Phase.Running) || next.main() != null || unknown);
  }

  private void reviewProcesses(ServiceState next) {
    demand(Invariant.PROCESSES_ARE_TRUE, has(Fact.MAIN_LIVES) == next.pid(Slot.MAIN) > 0);
    demand(Invariant.PROCESSES_ARE_TRUE, has(Fact.CONTROL_LIVES) == next.pid(Slot.CONTROL) > 0);
    demand(
        Invariant.PROCESSES_ARE_TRUE,
        has(Fact.MAIN_ORDERED) == next.main() instanceof Child.Ordered);
    demand(
        Invariant.PROCESSES_ARE_TRUE,
        has(Fact.CONTROL_ORDERED) == next.control() instanceof Child.Ordered);
    demand(Invariant.DOWN_IS_EMPTY, !(next.phase() instanceof Phase.Down) || !next.hasProcess());
  }

  private void reviewTimers(Phase phase) {
    boolean waits =
        switch (phase) {
          case Phase.Starting _, Phase.Reloading _ -> rules.timeouts().start() != null;
          case Phase.StopWatchdog _, Phase.FinalWatchdog _ -> rules.timeouts().abort() != null;
          case Phase.Ending _ -> rules.timeouts().stop() != null;
          case Phase.Down _, Phase.Up _ -> false;
        };
    demand(Invariant.BOUNDS, waits == has(Fact.PHASE_ARMED));
    boolean up = phase instanceof Phase.Running || phase instanceof Phase.Reloading;
    boolean watched = up || phase instanceof Phase.StartPost;
    demand(Invariant.RUNTIME_TIMER, up || !has(Fact.RUNTIME_ARMED));
    boolean runtime = rules.timeouts().runtime() != null;
    demand(
        Invariant.RUNTIME_TIMER,
        !(phase instanceof Phase.Running) || runtime == has(Fact.RUNTIME_ARMED));
    demand(
        Invariant.WATCHDOG_TIMER,
        has(Fact.WATCHDOG_ARMED) == (watched && rules.timeouts().watchdog() != null));
    demand(Invariant.RESTART_TIMER, has(Fact.RESTART_ARMED) == phase instanceof Phase.AutoRestart);
  }

  /** Each request has one answer; a request may replace one that has none. */
  private void reviewRequest(ServiceState next) {
    int pending = before.state().request() == null ? 0 : 1;
    int left = next.request() == null ? 0 : 1;
    int all = pending + (asked ? 1 : 0) - left;
    boolean replaced = asked && pending == 1 && answers == all - 1;
    demand(Invariant.ANSWERED_ONCE, answers <= 1 && (answers == all || replaced));
  }
}
