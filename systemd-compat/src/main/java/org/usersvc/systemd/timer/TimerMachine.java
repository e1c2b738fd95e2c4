package org.usersvc.systemd.timer;

import java.time.Instant;
import java.util.Optional;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work.Action;
import org.usersvc.systemd.timer.TimerEffect.Await;
import org.usersvc.systemd.timer.TimerEffect.Disarm;
import org.usersvc.systemd.timer.TimerEffect.Entered;
import org.usersvc.systemd.timer.TimerEffect.Finished;
import org.usersvc.systemd.timer.TimerEffect.Remember;
import org.usersvc.systemd.timer.TimerEffect.Trigger;
import org.usersvc.systemd.timer.TimerState.Phase;

/**
 * The whole state machine of a timer unit. Pure; {@link TimerState} has the picture and the
 * invariants.
 */
public final class TimerMachine {
  private TimerMachine() {}

  /** Says what follows when an event happens in a state. Total: never throws. */
  public static Transition step(
      TimerState state, TimerEvent event, TimerRules rules, Situation situation) {
    return switch (event) {
      case TimerEvent.StartAsked(boolean impossible, var remembered) ->
          startAsked(state, impossible, remembered, rules, situation);
      case TimerEvent.StartLimited _ ->
          isUp(state)
              ? Transition.to(state)
              : over(state, TimerResult.START_LIMIT_HIT)
                  .then(new Finished(Action.START, JobResult.FAILED));
      case TimerEvent.StopAsked _ ->
          (isUp(state) ? over(state, TimerResult.SUCCESS) : Transition.to(state))
              .then(new Finished(Action.STOP, JobResult.DONE));
      case TimerEvent.ResetFailed _ ->
          state.phase() == Phase.FAILED
              ? over(state, TimerResult.SUCCESS)
              : Transition.to(state.result(TimerResult.SUCCESS));
      case TimerEvent.Due _ -> due(state, situation);
      case TimerEvent.ClockSet _ -> changed(state, rules.onClockChange(), rules, situation);
      case TimerEvent.ZoneChanged _ -> changed(state, rules.onZoneChange(), rules, situation);
      case TimerEvent.TriggerRefused _ ->
          isUp(state) ? over(state, TimerResult.RESOURCES) : Transition.to(state);
      case TimerEvent.UnitChanged(boolean isDown) -> unitChanged(state, isDown, rules, situation);
      case TimerEvent.Reread _ -> changed(state, false, rules, situation);
    };
  }

  private static boolean isUp(TimerState state) {
    return state.phase().active().isActive();
  }

  private static Transition startAsked(
      TimerState state,
      boolean impossible,
      Optional<Instant> remembered,
      TimerRules rules,
      Situation situation) {
    if (isUp(state)) {
      return Transition.to(state, new Finished(Action.START, JobResult.DONE));
    }
    if (impossible) {
      return Transition.to(state, new Finished(Action.START, JobResult.FAILED));
    }
    var begun =
        state
            .result(TimerResult.SUCCESS)
            .since(situation.now())
            .last(LastTrigger.remembered(remembered))
            .chance(situation.chance());
    return plan(begun, rules, situation).then(new Finished(Action.START, JobResult.DONE));
  }

  /** Waits for the next time; if there is none, it has elapsed for good. */
  private static Transition plan(TimerState state, TimerRules rules, Situation situation) {
    var plan = Plan.of(state, rules, situation);
    var planned = state.plan(plan);
    if (!plan.isEmpty() || rules.onClockChange() || rules.onZoneChange()) {
      return enter(planned, Phase.WAITING).then(new Await(plan));
    }
    return rules.remains() || rules.followsUnit()
        ? disarm(planned).and(next -> enter(next, Phase.ELAPSED))
        : over(planned, TimerResult.SUCCESS);
  }

  private static Transition enter(TimerState state, Phase phase) {
    return state.phase() == phase
        ? Transition.to(state)
        : Transition.to(state.at(phase), new Entered(phase));
  }

  private static Transition disarm(TimerState state) {
    return state.phase() == Phase.WAITING
        ? Transition.to(state, new Disarm())
        : Transition.to(state);
  }

  private static Transition over(TimerState state, TimerResult result) {
    var phase = result == TimerResult.SUCCESS ? Phase.DEAD : Phase.FAILED;
    return disarm(state.result(result).plan(Plan.NONE)).and(next -> enter(next, phase));
  }

  private static Transition due(TimerState state, Situation situation) {
    if (state.phase() != Phase.WAITING) {
      return Transition.to(state);
    }
    return state.plan().isDue(situation.now())
        ? run(state, situation)
        : Transition.to(state, new Await(state.plan()));
  }

  /** Starts the unit, unless the timer itself is about to be stopped. */
  private static Transition run(TimerState state, Situation situation) {
    if (situation.isStopping()) {
      return Transition.to(state);
    }
    var running = state.last(LastTrigger.at(situation.now())).plan(Plan.NONE);
    return disarm(running)
        .and(next -> enter(next, Phase.RUNNING))
        .then(new Remember(situation.now().wall()), new Trigger());
  }

  /** What the plan depends on is different now. */
  private static Transition changed(
      TimerState state, boolean elapses, TimerRules rules, Situation situation) {
    if (state.phase() != Phase.WAITING) {
      return Transition.to(state);
    }
    return elapses ? run(state, situation) : plan(state, rules, situation);
  }

  private static Transition unitChanged(
      TimerState state, boolean isDown, TimerRules rules, Situation situation) {
    return switch (state.phase()) {
      case WAITING, ELAPSED ->
          rules.followsUnit() ? plan(state, rules, situation) : Transition.to(state);
      case RUNNING ->
          isDown
              ? plan(
                  state.spentUntil(situation.now().nanos()).chance(situation.chance()),
                  rules,
                  situation)
              : Transition.to(state);
      case DEAD, FAILED -> Transition.to(state);
    };
  }
}
