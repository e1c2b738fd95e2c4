package org.usersvc.systemd.service;

import java.util.ArrayList;
import java.util.EnumSet;
import org.usersvc.systemd.service.Phase.AutoRestart;
import org.usersvc.systemd.service.Phase.AutoRestartQueued;
import org.usersvc.systemd.service.Phase.Dead;
import org.usersvc.systemd.service.Phase.DeadBeforeAutoRestart;
import org.usersvc.systemd.service.Phase.Failed;
import org.usersvc.systemd.service.Phase.FailedBeforeAutoRestart;
import org.usersvc.systemd.service.ServiceEffect.Abandon;
import org.usersvc.systemd.service.ServiceEffect.Disarm;
import org.usersvc.systemd.service.ServiceEffect.EnqueueRestart;
import org.usersvc.systemd.service.ServiceEffect.Entered;
import org.usersvc.systemd.service.ServiceState.Fact;
import org.usersvc.systemd.unit.RestartSettings;

/** A service is down: for good, or until it is started again. */
final class Downs {
  private Downs() {}

  /** The run is over. Processes that have outlived their signals are forgotten. */
  static Transition over(ServiceState state, ServiceRules rules, ServiceResult result) {
    var ended = state.and(result);
    var restart = rules.service().restart();
    var over = release(ended);
    return RestartRule.restarts(ended, restart)
        ? over.and(next -> restartLater(next, restart))
        : over.and(Downs::rest);
  }

  private static Transition release(ServiceState state) {
    var effects = new ArrayList<ServiceEffect>();
    for (var slot : Slot.values()) {
      if (state.in(slot) != null) {
        effects.add(new Abandon(slot, false));
      }
    }
    effects.add(new Disarm(ServiceTimer.PHASE));
    effects.add(new Disarm(ServiceTimer.RUNTIME));
    effects.add(new Disarm(ServiceTimer.WATCHDOG));
    var next =
        state
            .with(Slot.MAIN, null)
            .with(Slot.CONTROL, null)
            .said(Progress.NOTHING)
            .not(Fact.NAME_OWNED)
            .not(Fact.NO_PROCESS);
    return new Transition(next, effects);
  }

  private static Transition rest(ServiceState state) {
    return state.result().isFailure()
        ? enter(state, new Failed())
        : enter(state.result(ServiceResult.SUCCESS), new Dead());
  }

  private static Transition enter(ServiceState state, Phase phase) {
    return Transition.to(state.at(phase), new Entered(phase));
  }

  private static Transition restartLater(ServiceState state, RestartSettings settings) {
    var wait = Commands.bound(ServiceTimer.RESTART, RestartRule.delay(settings, state.restarts()));
    return switch (settings.mode()) {
      case DIRECT -> enter(state, new AutoRestart()).then(wait);
      case NORMAL, DEBUG ->
          enter(state, before(state)).and(next -> enter(next, new AutoRestart())).then(wait);
    };
  }

  private static Phase before(ServiceState state) {
    return state.result().isFailure() ? new FailedBeforeAutoRestart() : new DeadBeforeAutoRestart();
  }

  /** The wait for a restart is over. */
  static Transition restartNow(ServiceState state) {
    var next = state.restarts(state.restarts() + 1).knowing(Fact.AUTOMATIC);
    return enter(next, new AutoRestartQueued()).then(new EnqueueRestart());
  }

  /** A restart that cannot be queued did not happen, and the next start is not one either. */
  static Transition restartRefused(ServiceState state) {
    var next = state.restarts(state.restarts() - 1).not(Fact.AUTOMATIC);
    return enter(next.result(ServiceResult.RESOURCES), new Failed());
  }

  /** A stop ends the wait for a restart. */
  static Transition endWait(ServiceState state) {
    return enter(state.result(ServiceResult.SUCCESS), new Dead())
        .then(new Disarm(ServiceTimer.RESTART));
  }

  /** A start that the start limit forbids. */
  static Transition refuse(ServiceState state) {
    return enter(state.result(ServiceResult.START_LIMIT_HIT).not(Fact.AUTOMATIC), new Failed())
        .then(new Disarm(ServiceTimer.RESTART));
  }

  /** Forgets a failure, and how often the service was restarted. */
  static Transition resetFailed(ServiceState state) {
    var next = state.restarts(0);
    return state.phase() instanceof Failed
        ? enter(next.result(ServiceResult.SUCCESS), new Dead())
        : Transition.to(next);
  }

  /** The state of a run that begins. */
  static ServiceState fresh(ServiceState state) {
    var next =
        state
            .mainStatus(null)
            .result(ServiceResult.SUCCESS)
            .restarts(state.has(Fact.AUTOMATIC) ? state.restarts() : 0);
    return next.facts(EnumSet.noneOf(Fact.class));
  }
}
