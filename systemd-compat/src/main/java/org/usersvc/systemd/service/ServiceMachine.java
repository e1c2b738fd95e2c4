package org.usersvc.systemd.service;

import java.time.Duration;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.Phase.Killing;
import org.usersvc.systemd.service.Phase.StopSigterm;
import org.usersvc.systemd.service.Phase.StopWatchdog;
import org.usersvc.systemd.service.ServiceEffect.Arm;
import org.usersvc.systemd.service.ServiceEffect.Disarm;
import org.usersvc.systemd.service.ServiceEffect.Extend;
import org.usersvc.systemd.service.ServiceEffect.JobDeferred;
import org.usersvc.systemd.service.ServiceEffect.JobFinished;
import org.usersvc.systemd.service.ServiceEvent.CommandFailed;
import org.usersvc.systemd.service.ServiceEvent.CommandStarted;
import org.usersvc.systemd.service.ServiceEvent.Exited;
import org.usersvc.systemd.service.ServiceEvent.KeptAlive;
import org.usersvc.systemd.service.ServiceEvent.MainFound;
import org.usersvc.systemd.service.ServiceEvent.MainUnknown;
import org.usersvc.systemd.service.ServiceEvent.NameLost;
import org.usersvc.systemd.service.ServiceEvent.NameOwned;
import org.usersvc.systemd.service.ServiceEvent.NoResources;
import org.usersvc.systemd.service.ServiceEvent.Notified;
import org.usersvc.systemd.service.ServiceEvent.ProcessesGone;
import org.usersvc.systemd.service.ServiceEvent.ReloadAsked;
import org.usersvc.systemd.service.ServiceEvent.ResetFailed;
import org.usersvc.systemd.service.ServiceEvent.RestartRefused;
import org.usersvc.systemd.service.ServiceEvent.StartAsked;
import org.usersvc.systemd.service.ServiceEvent.StopAsked;
import org.usersvc.systemd.service.ServiceEvent.TimeoutExtended;
import org.usersvc.systemd.service.ServiceEvent.TimerFired;
import org.usersvc.systemd.service.ServiceEvent.WatchdogTriggered;
import org.usersvc.systemd.service.ServiceState.Fact;
import org.usersvc.systemd.unit.ServiceType;

/**
 * The whole state machine of a service. Pure; {@link ServiceState} has the picture and the
 * invariants.
 *
 * <p>Who decides the result: the first of these that is no success. The end of the main process or
 * of a command of start or stop, a timeout, the watchdog, a broken promise of the type. Commands of
 * a reload decide about the reload only.
 */
public final class ServiceMachine {
  private ServiceMachine() {}

  /**
   * Says what follows when an event happens in a state. Total: never throws.
   *
   * @param rules what the unit says now
   */
  public static Transition step(ServiceState state, ServiceEvent event, ServiceRules rules) {
    return Jobs.answer(follow(state, event, rules));
  }

  private static Transition follow(ServiceState state, ServiceEvent event, ServiceRules rules) {
    return switch (event) {
      case StartAsked(boolean limited) -> startAsked(state, limited, rules);
      case StopAsked(boolean restart) -> stopAsked(state, restart, rules);
      case ReloadAsked _ -> reloadAsked(state, rules);
      case RestartRefused _ -> restartRefused(state);
      case ResetFailed _ -> Downs.resetFailed(state);
      case CommandStarted(ExecStep step, int pid) -> commandStarted(state, step, pid, rules);
      case CommandFailed(ExecStep step, ExitStatus status) ->
          commandFailed(state, step, status, rules);
      case NoResources(ExecStep step) -> noResources(state, step, rules);
      case Exited(int pid, ExitStatus status) -> exited(state, pid, status, rules);
      case ProcessesGone _ -> emptied(state.knowing(Fact.NO_PROCESS), rules);
      case MainFound(int pid) -> mainFound(state, pid, rules);
      case MainUnknown _ -> Starts.mainSettled(state, rules);
      case Notified(Progress progress) -> notified(state.said(progress), progress, rules);
      case KeptAlive _ -> keptAlive(state, rules);
      case WatchdogTriggered _ -> watchdogExpired(state, rules);
      case TimeoutExtended(Duration by) -> extend(state, by);
      case NameOwned _ -> nameOwned(state, rules);
      case NameLost _ -> nameLost(state.not(Fact.NAME_OWNED), rules);
      case TimerFired(ServiceTimer timer) -> timerFired(state, timer, rules);
    };
  }

  private static Transition startAsked(ServiceState state, boolean limited, ServiceRules rules) {
    var asked = state.asked(Request.START);
    return switch (state.phase()) {
      case Phase.Down _ when limited -> Downs.refuse(asked);
      case Phase.Down _ ->
          Transition.to(asked, new Disarm(ServiceTimer.RESTART))
              .and(next -> Starts.begin(next, rules));
      case Phase.Starting _ -> Transition.to(asked);
      case Phase.Up _, Phase.Reloading _ ->
          Transition.to(state, new JobFinished(Request.START, Outcome.DONE));
      case Phase.Ending _ -> Transition.to(state, new JobDeferred(Request.START));
    };
  }

  private static Transition stopAsked(ServiceState state, boolean restart, ServiceRules rules) {
    var asked = state.asked(Request.STOP);
    return switch (state.phase()) {
      case Phase.AutoRestart _, Phase.AutoRestartQueued _ ->
          Downs.endWait(restart ? asked : asked.not(Fact.AUTOMATIC));
      case Phase.Down _ -> Transition.to(state, new JobFinished(Request.STOP, Outcome.DONE));
      case Phase.Starting _ ->
          Stops.signal(forStop(asked, restart), new StopSigterm(), rules, ServiceResult.SUCCESS);
      case Phase.Up _, Phase.Reloading _ ->
          Stops.stop(forStop(asked, restart), rules, ServiceResult.SUCCESS);
      case Phase.Ending _ -> Transition.to(asked.knowing(Fact.STOP_ASKED));
    };
  }

  private static ServiceState forStop(ServiceState state, boolean restart) {
    var stopped = state.knowing(Fact.STOP_ASKED);
    return restart ? stopped.knowing(Fact.RESTARTING) : stopped;
  }

  private static Transition reloadAsked(ServiceState state, ServiceRules rules) {
    return switch (state.phase()) {
      case Phase.Up _ -> Ups.reload(state.asked(Request.RELOAD), rules);
      case Phase.Reloading _ -> Transition.to(state, new JobDeferred(Request.RELOAD));
      case Phase.Down _, Phase.Starting _, Phase.Ending _ ->
          Transition.to(state, new JobFinished(Request.RELOAD, Outcome.INVALID));
    };
  }

  private static Transition restartRefused(ServiceState state) {
    return state.phase() instanceof Phase.AutoRestartQueued
        ? Downs.restartRefused(state)
        : Transition.to(state);
  }

  private static boolean isOrdered(ServiceState state, Slot slot) {
    return state.in(slot) instanceof Child.Ordered;
  }

  private static Transition commandStarted(
      ServiceState before, ExecStep step, int pid, ServiceRules rules) {
    var slot = Slot.of(step, rules.type());
    if (!isOrdered(before, slot)) {
      return Transition.to(before);
    }
    var state = before.with(slot, new Child.Alive(pid)).not(Fact.NO_PROCESS);
    return switch (state.phase()) {
      case Phase.Start _ -> Starts.executed(state, rules);
      case Killing killing -> Stops.signalAgain(state, killing, rules);
      case Phase.Down _, Phase.Condition _, Phase.StartPre _, Phase.StartPost _ ->
          Transition.to(state);
      case Phase.Up _, Phase.Reloading _, Phase.Stop _, Phase.StopPost _ -> Transition.to(state);
    };
  }

  private static Transition commandFailed(
      ServiceState state, ExecStep step, ExitStatus status, ServiceRules rules) {
    var slot = Slot.of(step, rules.type());
    if (!isOrdered(state, slot)) {
      return Transition.to(state);
    }
    boolean countsAsUp =
        state.phase() instanceof Phase.Start
            && (rules.type() == ServiceType.SIMPLE || rules.type() == ServiceType.IDLE);
    var told = countsAsUp ? Jobs.answer(Starts.executed(state, rules)) : Transition.to(state);
    return switch (slot) {
      case MAIN -> told.and(next -> Exits.mainEnded(next, status, rules));
      case CONTROL -> Exits.commandEnded(state, status, rules);
    };
  }

  private static Transition noResources(ServiceState state, ExecStep step, ServiceRules rules) {
    var slot = Slot.of(step, rules.type());
    if (!isOrdered(state, slot)) {
      return Transition.to(state);
    }
    return switch (slot) {
      case MAIN -> Exits.mainGone(state, ServiceResult.RESOURCES, rules);
      case CONTROL -> Exits.commandGone(state, ServiceResult.RESOURCES, rules);
    };
  }

  private static Transition exited(
      ServiceState state, int pid, ExitStatus status, ServiceRules rules) {
    var child = new Child.Alive(pid);
    if (child.equals(state.main())) {
      return Exits.mainEnded(state, status, rules);
    }
    return child.equals(state.control())
        ? Exits.commandEnded(state, status, rules)
        : Transition.to(state);
  }

  /** The unit has no process left. Those that are still known have an end of their own. */
  private static Transition emptied(ServiceState state, ServiceRules rules) {
    if (state.hasProcess()) {
      return Transition.to(state);
    }
    return switch (state.phase()) {
      case Phase.Starting _ -> Starts.emptied(state, rules);
      case Phase.Running _ -> Ups.review(state, rules);
      case Phase.ReloadSignal _, Phase.ReloadNotify _ -> Ups.reloadOver(state, rules);
      case Killing killing -> Stops.ended(state, killing, rules);
      case Phase.Down _, Phase.Exited _, Phase.Reload _, Phase.ReloadPost _ -> Transition.to(state);
      case Phase.Stop _, Phase.StopPost _ -> Transition.to(state);
    };
  }

  private static Transition mainFound(ServiceState state, int pid, ServiceRules rules) {
    var child = new Child.Alive(pid);
    boolean ordered = isOrdered(state, Slot.MAIN);
    if (ordered || child.equals(state.control())) {
      return Transition.to(state);
    }
    var known = state.with(Slot.MAIN, child).mainStatus(null).not(Fact.NO_PROCESS);
    return switch (state.phase()) {
      case Phase.Start _, Phase.StartPost _ -> Starts.mainSettled(known, rules);
      case Phase.Running _, Phase.Reloading _ -> Transition.to(known);
      case Phase.Down _, Phase.Condition _, Phase.StartPre _ -> Transition.to(state);
      case Phase.Exited _, Phase.Ending _ -> Transition.to(state);
    };
  }

  private static Transition notified(ServiceState state, Progress progress, ServiceRules rules) {
    return switch (state.phase()) {
      case Phase.Start _ when progress == Progress.READY && rules.type().isNotify() ->
          Starts.isUp(state, rules);
      case Phase.Running _ -> Ups.review(state, rules);
      case Phase.ReloadSignal _ when progress == Progress.RELOADING ->
          Ups.reloadCommanded(state, rules);
      case Phase.ReloadNotify _ when progress == Progress.READY -> Ups.reloaded(state, rules);
      case Phase.ReloadSignal _, Phase.ReloadNotify _ when progress == Progress.STOPPING ->
          Stops.byItself(state, rules);
      case Phase.Down _ -> Transition.to(state.said(Progress.NOTHING));
      case Phase.Starting _, Phase.Exited _, Phase.Reloading _, Phase.Ending _ ->
          Transition.to(state);
    };
  }

  private static boolean isWatched(Phase phase) {
    return switch (phase) {
      case Phase.StartPost _, Phase.Running _, Phase.Reloading _ -> true;
      case Phase.Condition _, Phase.StartPre _, Phase.Start _ -> false;
      case Phase.Down _, Phase.Exited _, Phase.Ending _ -> false;
    };
  }

  private static Transition keptAlive(ServiceState state, ServiceRules rules) {
    var watchdog = rules.timeouts().watchdog();
    return watchdog != null && isWatched(state.phase())
        ? Transition.to(state, new Arm(ServiceTimer.WATCHDOG, watchdog))
        : Transition.to(state);
  }

  private static Transition watchdogExpired(ServiceState state, ServiceRules rules) {
    return isWatched(state.phase())
        ? Stops.signal(state, new StopWatchdog(), rules, ServiceResult.WATCHDOG)
        : Transition.to(state);
  }

  private static Transition extend(ServiceState state, Duration by) {
    return switch (state.phase()) {
      case Phase.Down _, Phase.Exited _ -> Transition.to(state);
      case Phase.Running _ -> Transition.to(state, new Extend(ServiceTimer.RUNTIME, by));
      case Phase.Starting _, Phase.Reloading _, Phase.Ending _ ->
          Transition.to(state, new Extend(ServiceTimer.PHASE, by));
    };
  }

  private static Transition nameOwned(ServiceState state, ServiceRules rules) {
    var owned = state.knowing(Fact.NAME_OWNED);
    return switch (state.phase()) {
      case Phase.Down _ -> Transition.to(state);
      case Phase.Start _ when rules.type() == ServiceType.DBUS -> Starts.isUp(owned, rules);
      case Phase.Starting _, Phase.Up _, Phase.Reloading _, Phase.Ending _ -> Transition.to(owned);
    };
  }

  private static Transition nameLost(ServiceState state, ServiceRules rules) {
    boolean matters = rules.type() == ServiceType.DBUS && state.phase() instanceof Phase.Running;
    return matters ? Ups.review(state, rules) : Transition.to(state);
  }

  private static Transition timerFired(ServiceState state, ServiceTimer timer, ServiceRules rules) {
    return switch (timer) {
      case PHASE -> late(state, rules);
      case WATCHDOG -> watchdogExpired(state, rules);
      case RUNTIME ->
          state.phase() instanceof Phase.Running || state.phase() instanceof Phase.Reloading
              ? Stops.stop(state, rules, ServiceResult.TIMEOUT)
              : Transition.to(state);
      case RESTART ->
          state.phase() instanceof Phase.AutoRestart
              ? Downs.restartNow(state)
              : Transition.to(state);
    };
  }

  private static Transition late(ServiceState state, ServiceRules rules) {
    return switch (state.phase()) {
      case Phase.Starting _ -> Stops.late(state, rules.timeouts().onStart(), rules);
      case Phase.Reloading _ -> Ups.reloadLate(state, rules);
      case Phase.Stop _ -> Stops.late(state, rules.timeouts().onStop(), rules);
      case Phase.StopPost _ -> Stops.latePost(state, rules);
      case Killing killing -> Stops.tooLate(state, killing, rules);
      case Phase.Down _, Phase.Up _ -> Transition.to(state);
    };
  }
}
