package org.usersvc.systemd.scope;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.scope.ScopeState.Phase;

/** The whole state machine of a scope. Pure. A scope has no main process. */
public final class ScopeMachine {
  private ScopeMachine() {}

  /** The answer to one event. Immutable. */
  public record Transition(ScopeState next, List<ScopeEffect> effects) {
    public Transition {
      effects = List.copyOf(effects);
    }
  }

  /** Says what follows when an event happens in a state. Total: never throws. */
  public static Transition step(ScopeState state, ScopeEvent event, ScopeRules rules) {
    return switch (state.phase()) {
      case DEAD, FAILED -> whenDown(state, event, rules);
      case RUNNING, ABANDONED -> whenUp(state, event, rules);
      case STOP_SIGTERM, STOP_SIGKILL -> whenStopping(state, event, rules);
    };
  }

  private static Transition whenDown(ScopeState state, ScopeEvent event, ScopeRules rules) {
    return switch (event) {
      case STARTED -> enter(new ScopeState(Phase.RUNNING, false), rules.runtime(), List.of());
      case RESET_FAILED -> state.phase() == Phase.FAILED ? over(ScopeState.INITIAL) : stay(state);
      case STOP_ASKED, ABANDONED, PROCESSES_GONE, TIMER_FIRED -> stay(state);
    };
  }

  private static Transition whenUp(ScopeState state, ScopeEvent event, ScopeRules rules) {
    return switch (event) {
      case STOP_ASKED -> terminate(state, rules);
      case TIMER_FIRED -> terminate(new ScopeState(state.phase(), true), rules);
      case PROCESSES_GONE -> over(state);
      case ABANDONED -> abandon(state);
      case STARTED, RESET_FAILED -> stay(state);
    };
  }

  private static Transition whenStopping(ScopeState state, ScopeEvent event, ScopeRules rules) {
    return switch (event) {
      case PROCESSES_GONE -> over(state);
      case TIMER_FIRED -> late(new ScopeState(state.phase(), true), rules);
      case STARTED, STOP_ASKED, ABANDONED, RESET_FAILED -> stay(state);
    };
  }

  private static Transition abandon(ScopeState state) {
    return state.phase() == Phase.ABANDONED
        ? stay(state)
        : new Transition(
            state.in(Phase.ABANDONED), List.of(new ScopeEffect.Entered(Phase.ABANDONED)));
  }

  private static Transition terminate(ScopeState state, ScopeRules rules) {
    var kill = rules.kill();
    return kill.mode() == KillSettings.Mode.NONE
        ? over(state)
        : enter(state.in(Phase.STOP_SIGTERM), rules.stop(), kill.polite());
  }

  private static Transition late(ScopeState state, ScopeRules rules) {
    boolean kills = state.phase() == Phase.STOP_SIGTERM && rules.kill().sendsFinalKill();
    return kills
        ? enter(state.in(Phase.STOP_SIGKILL), rules.stop(), List.of(rules.kill().finalSignal()))
        : over(state);
  }

  private static Transition over(ScopeState state) {
    return enter(state.in(state.timedOut() ? Phase.FAILED : Phase.DEAD), null, List.of());
  }

  private static Transition stay(ScopeState state) {
    return new Transition(state, List.of());
  }

  private static Transition enter(ScopeState next, @Nullable Duration bound, List<Signal> signals) {
    var effects = new ArrayList<ScopeEffect>();
    effects.add(new ScopeEffect.Entered(next.phase()));
    effects.add(bound == null ? new ScopeEffect.Disarm() : new ScopeEffect.Arm(bound));
    if (!signals.isEmpty()) {
      effects.add(new ScopeEffect.SignalAll(List.copyOf(signals)));
    }
    return new Transition(next, effects);
  }
}
