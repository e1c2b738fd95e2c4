package org.usersvc.systemd.path;

import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work.Action;
import org.usersvc.systemd.path.PathEffect.Entered;
import org.usersvc.systemd.path.PathEffect.Finished;
import org.usersvc.systemd.path.PathEffect.MakeDirectories;
import org.usersvc.systemd.path.PathEffect.Trigger;
import org.usersvc.systemd.path.PathEffect.Unwatch;
import org.usersvc.systemd.path.PathEffect.Watch;
import org.usersvc.systemd.path.PathEvent.Sight;
import org.usersvc.systemd.path.PathState.Phase;

/**
 * The whole state machine of a path unit. Pure; {@link PathState} has the picture and the
 * invariants.
 */
public final class PathMachine {
  private PathMachine() {}

  /** Says what follows when an event happens in a state. Total: never throws. */
  public static Transition step(PathState state, PathEvent event) {
    return switch (event) {
      case PathEvent.StartAsked(boolean impossible) -> startAsked(state, impossible);
      case PathEvent.StartLimited _ ->
          isUp(state)
              ? Transition.to(state)
              : over(state, PathResult.START_LIMIT_HIT)
                  .then(new Finished(Action.START, JobResult.FAILED));
      case PathEvent.StopAsked _ ->
          (isUp(state) ? over(state, PathResult.SUCCESS) : Transition.to(state))
              .then(new Finished(Action.STOP, JobResult.DONE));
      case PathEvent.ResetFailed _ ->
          state.phase() == Phase.FAILED
              ? over(state, PathResult.SUCCESS)
              : Transition.to(state.result(PathResult.SUCCESS));
      case PathEvent.Looked(var sight) -> looked(state, sight);
      case PathEvent.TriggerRefused _ -> failIfUp(state, PathResult.RESOURCES);
      case PathEvent.UnitUp _ ->
          state.phase() == Phase.WAITING ? running(state) : Transition.to(state);
      case PathEvent.UnitDown _ ->
          state.phase() == Phase.RUNNING ? waiting(state) : Transition.to(state);
      case PathEvent.UnitLimited _ -> failIfUp(state, PathResult.UNIT_START_LIMIT_HIT);
      case PathEvent.Reread _ ->
          state.phase() == Phase.WAITING
              ? Transition.to(state, new Unwatch(), new Watch())
              : Transition.to(state);
    };
  }

  private static boolean isUp(PathState state) {
    return state.phase().active().isActive();
  }

  private static Transition startAsked(PathState state, boolean impossible) {
    if (isUp(state)) {
      return Transition.to(state, new Finished(Action.START, JobResult.DONE));
    }
    if (impossible) {
      return Transition.to(state, new Finished(Action.START, JobResult.FAILED));
    }
    return Transition.to(state.result(PathResult.SUCCESS), new MakeDirectories())
        .and(PathMachine::waiting)
        .then(new Finished(Action.START, JobResult.DONE));
  }

  private static Transition waiting(PathState state) {
    return enter(state, Phase.WAITING).then(new Watch());
  }

  private static Transition enter(PathState state, Phase phase) {
    return state.phase() == phase
        ? Transition.to(state)
        : Transition.to(state.at(phase), new Entered(phase));
  }

  private static Transition unwatch(PathState state) {
    return state.phase() == Phase.WAITING
        ? Transition.to(state, new Unwatch())
        : Transition.to(state);
  }

  private static Transition running(PathState state) {
    return unwatch(state).and(next -> enter(next, Phase.RUNNING));
  }

  private static Transition over(PathState state, PathResult result) {
    var phase = result == PathResult.SUCCESS ? Phase.DEAD : Phase.FAILED;
    return unwatch(state.result(result)).and(next -> enter(next, phase));
  }

  private static Transition failIfUp(PathState state, PathResult result) {
    return isUp(state) ? over(state, result) : Transition.to(state);
  }

  private static Transition looked(PathState state, Sight sight) {
    if (state.phase() != Phase.WAITING) {
      return Transition.to(state);
    }
    return switch (sight) {
      case NOTHING, STOPPING -> Transition.to(state);
      case OCCASION -> running(state).then(new Trigger());
      case LIMITED -> over(state, PathResult.TRIGGER_LIMIT_HIT);
      case RUNS -> running(state);
    };
  }
}
