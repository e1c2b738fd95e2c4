package org.usersvc.systemd.service;

import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.Phase.Exited;
import org.usersvc.systemd.service.Phase.ReloadNotify;
import org.usersvc.systemd.service.Phase.ReloadSignal;
import org.usersvc.systemd.service.Phase.Running;
import org.usersvc.systemd.service.Phase.StopSigterm;
import org.usersvc.systemd.service.ServiceEffect.Abandon;
import org.usersvc.systemd.service.ServiceEffect.Disarm;
import org.usersvc.systemd.service.ServiceEffect.Entered;
import org.usersvc.systemd.service.ServiceEffect.JobFinished;
import org.usersvc.systemd.service.ServiceEffect.SignalMain;
import org.usersvc.systemd.service.ServiceState.Fact;
import org.usersvc.systemd.unit.MainProcessSettings.ExitType;
import org.usersvc.systemd.unit.ServiceType;

/** A service that has come up: whether it still is, and how it reloads. */
final class Ups {
  private Ups() {}

  /** The start is over. Its main process may have ended meanwhile. */
  static Transition started(ServiceState state, ServiceRules rules) {
    if (state.result().isFailure()) {
      return Stops.signal(state, new StopSigterm(), rules, ServiceResult.SUCCESS);
    }
    var review = review(state, rules);
    var phase = review.next().phase();
    return phase instanceof Running || phase instanceof ReloadNotify
        ? review.then(Commands.bound(ServiceTimer.RUNTIME, rules.timeouts().runtime()))
        : review;
  }

  /** Decides where a service that was up, and does nothing else, belongs now. */
  static Transition review(ServiceState state, ServiceRules rules) {
    if (isAlive(state, rules)) {
      return stays(state, rules);
    }
    boolean remains =
        rules.service().main().remainAfterExit() && state.result() == ServiceResult.SUCCESS;
    return remains
        ? Transition.to(
            state.at(new Exited()),
            new Disarm(ServiceTimer.PHASE),
            new Disarm(ServiceTimer.RUNTIME),
            new Disarm(ServiceTimer.WATCHDOG),
            new Entered(new Exited()))
        : Stops.stop(state, rules, ServiceResult.SUCCESS);
  }

  private static Transition stays(ServiceState state, ServiceRules rules) {
    return switch (state.said()) {
      case STOPPING -> Stops.byItself(state, rules);
      case RELOADING -> awaitReload(state, new ReloadNotify(), rules);
      case NOTHING, READY -> {
        var running = new Running();
        yield state.phase().equals(running)
            ? Transition.to(state)
            : Transition.to(
                state.at(running), new Disarm(ServiceTimer.PHASE), new Entered(running));
      }
    };
  }

  /** Whether the process is there that makes it run, and its name on the bus. */
  private static boolean isAlive(ServiceState state, ServiceRules rules) {
    boolean named = rules.type() != ServiceType.DBUS || state.has(Fact.NAME_OWNED);
    boolean unknown = rules.type() == ServiceType.FORKING && state.mainStatus() == null;
    boolean anyCounts = unknown || rules.service().main().exitType() == ExitType.CGROUP;
    boolean some = state.main() != null || (anyCounts && !state.has(Fact.NO_PROCESS));
    return named && some;
  }

  /** Reloads a service that is up. */
  static Transition reload(ServiceState before, ServiceRules rules) {
    boolean signals =
        rules.type() == ServiceType.NOTIFY_RELOAD && before.main() instanceof Child.Alive;
    var state = before.said(Progress.NOTHING).not(Fact.RELOAD_FAILED);
    var first =
        signals
            ? Transition.to(state, new SignalMain(rules.service().messages().reloadSignal()))
            : Transition.to(state);
    if (rules.commands().has(ExecStep.RELOAD)) {
      return first.and(next -> Commands.run(next, ExecStep.RELOAD, 0, rules));
    }
    return signals
        ? first.and(next -> awaitReload(next, new ReloadSignal(), rules))
        : Transition.to(before.asked(null), new JobFinished(Request.RELOAD, Outcome.DONE));
  }

  private static Transition awaitReload(ServiceState state, Phase phase, ServiceRules rules) {
    return Transition.to(
        state.at(phase),
        new Entered(phase),
        Commands.bound(ServiceTimer.PHASE, rules.timeouts().start()));
  }

  /** The commands of a reload are done; the service may have to confirm it. */
  static Transition reloadCommanded(ServiceState state, ServiceRules rules) {
    boolean confirms =
        rules.type() == ServiceType.NOTIFY_RELOAD && state.main() instanceof Child.Alive;
    return switch (state.said()) {
      case RELOADING -> awaitReload(state, new ReloadNotify(), rules);
      case NOTHING ->
          confirms ? awaitReload(state, new ReloadSignal(), rules) : reloaded(state, rules);
      case READY, STOPPING -> reloaded(state, rules);
    };
  }

  /** The service has read its configuration: runs the commands after that. */
  static Transition reloaded(ServiceState state, ServiceRules rules) {
    return rules.commands().has(ExecStep.RELOAD_POST)
        ? Commands.run(state, ExecStep.RELOAD_POST, 0, rules)
        : reloadOver(state, rules);
  }

  /** Nothing of a reload goes on any more. */
  static Transition reloadOver(ServiceState state, ServiceRules rules) {
    boolean unconfirmed = state.said() == Progress.RELOADING;
    return review(unconfirmed ? state.said(Progress.NOTHING) : state, rules);
  }

  /** A reload takes too long: its command is killed, and the service goes on. */
  static Transition reloadLate(ServiceState state, ServiceRules rules) {
    var failed = state.knowing(Fact.RELOAD_FAILED);
    var freed =
        state.control() == null
            ? Transition.to(failed)
            : Transition.to(failed.with(Slot.CONTROL, null), new Abandon(Slot.CONTROL, true));
    return freed.and(next -> reloadOver(next, rules));
  }
}
