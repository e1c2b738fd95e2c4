package org.usersvc.systemd.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.service.Phase.Ending;
import org.usersvc.systemd.service.Phase.FinalSigkill;
import org.usersvc.systemd.service.Phase.FinalSigterm;
import org.usersvc.systemd.service.Phase.FinalWatchdog;
import org.usersvc.systemd.service.Phase.Killing;
import org.usersvc.systemd.service.Phase.StopSigkill;
import org.usersvc.systemd.service.Phase.StopSigterm;
import org.usersvc.systemd.service.Phase.StopWatchdog;
import org.usersvc.systemd.service.ServiceEffect.Disarm;
import org.usersvc.systemd.service.ServiceEffect.Entered;
import org.usersvc.systemd.service.ServiceEffect.SignalUnit;
import org.usersvc.systemd.service.ServiceState.Fact;
import org.usersvc.systemd.unit.ServiceTimeouts.FailureMode;

/**
 * Takes a service down: stop commands, signals, commands after the stop, signals for the rest.
 *
 * <p>Source: systemd.kill(5); systemd.service(5), {@code ExecStop=}, {@code TimeoutStopSec=}.
 */
final class Stops {
  private Stops() {}

  /** Stops a service that has come up: with its stop commands, unless another command runs. */
  static Transition stop(ServiceState state, ServiceRules rules, ServiceResult result) {
    boolean commands = rules.commands().has(ExecStep.STOP) && state.control() == null;
    return commands
        ? leave(state.and(result)).and(next -> Commands.run(next, ExecStep.STOP, 0, rules))
        : signal(state, new StopSigterm(), rules, result);
  }

  /** The service has said that it is stopping, so it gets no signal yet. */
  static Transition byItself(ServiceState state, ServiceRules rules) {
    return leave(state).and(next -> wait(next, new StopSigterm(), rules.timeouts().stop()));
  }

  /** What takes too long is ended as the unit says. */
  static Transition late(ServiceState state, FailureMode mode, ServiceRules rules) {
    var phase =
        switch (mode) {
          case TERMINATE -> new StopSigterm();
          case ABORT -> new StopWatchdog();
          case KILL -> new StopSigkill();
        };
    return signal(state, phase, rules, ServiceResult.TIMEOUT);
  }

  /** The commands after the stop take too long. */
  static Transition latePost(ServiceState state, ServiceRules rules) {
    var phase =
        switch (rules.timeouts().onStop()) {
          case TERMINATE -> new FinalSigterm();
          case ABORT -> new FinalWatchdog();
          case KILL -> new FinalSigkill();
        };
    return signal(state, phase, rules, ServiceResult.TIMEOUT);
  }

  /**
   * Sends the signal of a phase and waits until processes have ended. Goes on at once if there is
   * nobody to send it to.
   */
  static Transition signal(
      ServiceState before, Killing phase, ServiceRules rules, ServiceResult result) {
    var state = before.and(result);
    if (hasNobody(state, phase, rules.kill())) {
      return leave(state).and(next -> afterNobody(next, phase, rules));
    }
    return leave(state)
        .and(next -> wait(next, phase, timeout(phase, rules)))
        .then(signals(state, phase, rules.kill()));
  }

  /** A process that was ordered has come after the signal: it gets one too. */
  static Transition signalAgain(ServiceState state, Killing phase, ServiceRules rules) {
    return rules.kill().mode() == KillSettings.Mode.NONE
        ? Transition.to(state)
        : Transition.to(state, signals(state, phase, rules.kill()));
  }

  private static Transition wait(ServiceState state, Killing phase, @Nullable Duration bound) {
    return Transition.to(
        state.at(phase), new Entered(phase), Commands.bound(ServiceTimer.PHASE, bound));
  }

  private static Transition leave(ServiceState state) {
    return state.phase() instanceof Ending
        ? Transition.to(state)
        : Transition.to(state, new Disarm(ServiceTimer.RUNTIME), new Disarm(ServiceTimer.WATCHDOG));
  }

  private static boolean hasNobody(ServiceState state, Killing phase, KillSettings kill) {
    if (kill.mode() == KillSettings.Mode.NONE) {
      return true;
    }
    return !state.hasProcess() && (!isForAll(phase, kill) || state.has(Fact.NO_PROCESS));
  }

  private static boolean isForAll(Killing phase, KillSettings kill) {
    return switch (kill.mode()) {
      case CONTROL_GROUP -> true;
      case MIXED -> phase instanceof StopSigkill || phase instanceof FinalSigkill;
      case PROCESS, NONE -> false;
    };
  }

  private static ServiceEffect signals(ServiceState state, Killing phase, KillSettings kill) {
    var signals = new ArrayList<Signal>();
    signals.add(signal(state, phase, kill));
    boolean polite = phase instanceof StopSigterm || phase instanceof FinalSigterm;
    if (polite && kill.sendsHangup()) {
      signals.add(Signal.HUP);
    }
    if (signals.getFirst() != Signal.KILL) {
      signals.add(Signal.CONT);
    }
    return new SignalUnit(isForAll(phase, kill), List.copyOf(signals));
  }

  private static Signal signal(ServiceState state, Killing phase, KillSettings kill) {
    return switch (phase) {
      case StopWatchdog _, FinalWatchdog _ -> kill.watchdogSignal();
      case StopSigterm _, FinalSigterm _ ->
          state.has(Fact.RESTARTING) ? kill.restartSignal() : kill.signal();
      case StopSigkill _, FinalSigkill _ -> kill.finalSignal();
    };
  }

  private static @Nullable Duration timeout(Killing phase, ServiceRules rules) {
    return switch (phase) {
      case StopWatchdog _, FinalWatchdog _ -> rules.timeouts().abort();
      case StopSigterm _, StopSigkill _ -> rules.timeouts().stop();
      case FinalSigterm _, FinalSigkill _ -> rules.timeouts().stop();
    };
  }

  private static Transition afterNobody(ServiceState state, Killing phase, ServiceRules rules) {
    return switch (phase) {
      case StopWatchdog _, StopSigterm _ -> kill(state, rules, ServiceResult.SUCCESS);
      case StopSigkill _ -> post(state, rules, ServiceResult.SUCCESS);
      case FinalWatchdog _, FinalSigterm _ -> finalKill(state, rules, ServiceResult.SUCCESS);
      case FinalSigkill _ -> Downs.over(state, rules, ServiceResult.SUCCESS);
    };
  }

  private static Transition kill(ServiceState state, ServiceRules rules, ServiceResult result) {
    return rules.kill().sendsFinalKill()
        ? signal(state, new StopSigkill(), rules, result)
        : post(state, rules, result);
  }

  private static Transition finalKill(
      ServiceState state, ServiceRules rules, ServiceResult result) {
    return rules.kill().sendsFinalKill()
        ? signal(state, new FinalSigkill(), rules, result)
        : Downs.over(state, rules, result);
  }

  /** The service is stopped: runs the commands after the stop, then ends what is left. */
  static Transition post(ServiceState state, ServiceRules rules, ServiceResult result) {
    var ended = state.and(result);
    return rules.commands().has(ExecStep.STOP_POST)
        ? leave(ended).and(next -> Commands.run(next, ExecStep.STOP_POST, 0, rules))
        : signal(ended, new FinalSigterm(), rules, ServiceResult.SUCCESS);
  }

  /** A process of a service that has got signals has ended: perhaps it was the last to wait for. */
  static Transition ended(ServiceState state, Killing phase, ServiceRules rules) {
    if (state.hasProcess()) {
      return Transition.to(state);
    }
    boolean all = isForAll(phase, rules.kill());
    return switch (phase) {
      case StopWatchdog _, StopSigterm _, StopSigkill _ ->
          post(state, rules, ServiceResult.SUCCESS);
      case FinalWatchdog _, FinalSigterm _, FinalSigkill _
          when all && !state.has(Fact.NO_PROCESS) ->
          Transition.to(state);
      case FinalWatchdog _, FinalSigterm _ -> finalKill(state, rules, ServiceResult.SUCCESS);
      case FinalSigkill _ -> Downs.over(state, rules, ServiceResult.SUCCESS);
    };
  }

  /** The processes have not ended in time. */
  static Transition tooLate(ServiceState state, Killing phase, ServiceRules rules) {
    var late = ServiceResult.TIMEOUT;
    return switch (phase) {
      case StopSigterm _ when rules.timeouts().onStop() == FailureMode.ABORT ->
          signal(state, new StopWatchdog(), rules, late);
      case StopWatchdog _, StopSigterm _ -> kill(state, rules, late);
      case StopSigkill _ -> post(state, rules, late);
      case FinalWatchdog _, FinalSigterm _ -> finalKill(state, rules, late);
      case FinalSigkill _ -> Downs.over(state, rules, late);
    };
  }
}
