package org.usersvc.systemd.socket;

import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work.Action;
import org.usersvc.systemd.service.Child;
import org.usersvc.systemd.socket.SocketEffect.Accept;
import org.usersvc.systemd.socket.SocketEffect.Deferred;
import org.usersvc.systemd.socket.SocketEffect.Disarm;
import org.usersvc.systemd.socket.SocketEffect.Entered;
import org.usersvc.systemd.socket.SocketEffect.Finished;
import org.usersvc.systemd.socket.SocketEffect.Flush;
import org.usersvc.systemd.socket.SocketEffect.Open;
import org.usersvc.systemd.socket.SocketEffect.Trigger;
import org.usersvc.systemd.socket.SocketEffect.Unwatch;
import org.usersvc.systemd.socket.SocketEffect.Watch;
import org.usersvc.systemd.socket.SocketState.Phase;

/**
 * The whole state machine of a socket unit. Pure; {@link SocketState} has the picture and the
 * invariants.
 */
public final class SocketMachine {
  private SocketMachine() {}

  /** Says what follows when an event happens in a state. Total: never throws. */
  public static Transition step(SocketState state, SocketEvent event, SocketRules rules) {
    return Requests.answer(follow(state, event, rules));
  }

  private static Transition follow(SocketState state, SocketEvent event, SocketRules rules) {
    return switch (event) {
      case SocketEvent.StartAsked(boolean impossible) -> startAsked(state, impossible, rules);
      case SocketEvent.StartLimited _ -> startLimited(state);
      case SocketEvent.StopAsked _ -> stopAsked(state, rules);
      case SocketEvent.ResetFailed _ -> resetFailed(state);
      case SocketEvent.Opened _ -> opened(state, rules);
      case SocketEvent.NotOpened _ ->
          state.phase() == Phase.START_OPEN
              ? Stops.pre(state.open(false), SocketResult.RESOURCES, rules)
              : Transition.to(state);
      case SocketEvent.CommandStarted(ExecStep _, int pid) -> commandStarted(state, pid, rules);
      case SocketEvent.CommandFailed(ExecStep _, ExitStatus status) ->
          state.control() instanceof Child.Ordered
              ? commandEnded(state, status, rules)
              : Transition.to(state);
      case SocketEvent.Exited(int pid, ExitStatus status) ->
          new Child.Alive(pid).equals(state.control())
              ? commandEnded(state, status, rules)
              : Transition.to(state);
      case SocketEvent.Arrived(boolean limited) -> readable(state, limited, rules);
      case SocketEvent.TriggerRefused _ -> failIfUp(state, SocketResult.RESOURCES, rules);
      case SocketEvent.ServiceLimited _ ->
          failIfUp(state, SocketResult.SERVICE_START_LIMIT_HIT, rules);
      case SocketEvent.ServiceUp _ -> serviceUp(state, rules);
      case SocketEvent.ServiceDown _ -> serviceDown(state, rules);
      case SocketEvent.TimerFired _ -> Stops.late(state, rules);
    };
  }

  private static Transition startAsked(SocketState state, boolean impossible, SocketRules rules) {
    return switch (state.phase()) {
      case DEAD, FAILED ->
          impossible
              ? Transition.to(state, new Finished(Action.START, JobResult.FAILED))
              : begin(state.asked(Action.START).result(SocketResult.SUCCESS), rules);
      case START_PRE, START_OPEN, START_POST -> Transition.to(state.asked(Action.START));
      case LISTENING, RUNNING -> Transition.to(state, new Finished(Action.START, JobResult.DONE));
      case STOP_PRE, STOP_PRE_SIGTERM, STOP_PRE_SIGKILL, STOP_POST, FINAL_SIGTERM, FINAL_SIGKILL ->
          Transition.to(state.asked(null), new Deferred(Action.START));
    };
  }

  private static Transition begin(SocketState state, SocketRules rules) {
    return rules.commands().has(ExecStep.START_PRE)
        ? Commands.run(state, Phase.START_PRE, 0, rules)
        : open(state);
  }

  private static Transition open(SocketState state) {
    return Transition.to(
        state.at(Phase.START_OPEN).open(true),
        new Entered(Phase.START_OPEN),
        new Disarm(),
        new Open());
  }

  private static Transition opened(SocketState state, SocketRules rules) {
    if (state.phase() != Phase.START_OPEN) {
      return Transition.to(state);
    }
    return rules.commands().has(ExecStep.START_POST)
        ? Commands.run(state, Phase.START_POST, 0, rules)
        : listen(state);
  }

  private static Transition listen(SocketState state) {
    return Transition.to(
        state.at(Phase.LISTENING), new Disarm(), new Entered(Phase.LISTENING), new Watch());
  }

  private static Transition startLimited(SocketState state) {
    return switch (state.phase()) {
      case DEAD, FAILED ->
          Stops.over(
              state.asked(Action.START).result(SocketResult.SUCCESS), SocketResult.START_LIMIT_HIT);
      case START_PRE, START_OPEN, START_POST, LISTENING, RUNNING -> Transition.to(state);
      case STOP_PRE, STOP_PRE_SIGTERM, STOP_PRE_SIGKILL, STOP_POST, FINAL_SIGTERM, FINAL_SIGKILL ->
          Transition.to(state);
    };
  }

  private static Transition stopAsked(SocketState state, SocketRules rules) {
    var asked = state.asked(Action.STOP);
    return switch (state.phase()) {
      case DEAD, FAILED -> Transition.to(state, new Finished(Action.STOP, JobResult.DONE));
      case START_PRE, START_OPEN, START_POST ->
          Stops.signal(asked, Phase.STOP_PRE_SIGTERM, SocketResult.SUCCESS, rules);
      case LISTENING, RUNNING -> Stops.pre(asked, SocketResult.SUCCESS, rules);
      case STOP_PRE, STOP_PRE_SIGTERM, STOP_PRE_SIGKILL, STOP_POST, FINAL_SIGTERM, FINAL_SIGKILL ->
          Transition.to(asked);
    };
  }

  private static Transition resetFailed(SocketState state) {
    return state.phase() == Phase.FAILED
        ? Stops.over(state.result(SocketResult.SUCCESS), SocketResult.SUCCESS)
        : Transition.to(state);
  }

  private static Transition commandStarted(SocketState state, int pid, SocketRules rules) {
    if (!(state.control() instanceof Child.Ordered)) {
      return Transition.to(state);
    }
    var started = state.with(new Child.Alive(pid));
    return Commands.hasCommand(state.phase())
        ? Transition.to(started)
        : Stops.signalAgain(started, rules);
  }

  private static Transition commandEnded(SocketState before, ExitStatus status, SocketRules rules) {
    var result =
        Commands.ignoresFailure(before, rules) ? SocketResult.SUCCESS : SocketResult.of(status);
    var state = before.with(null);
    boolean well = result == SocketResult.SUCCESS;
    var more = well && Commands.hasCommand(state.phase()) ? Commands.runNext(state, rules) : null;
    if (more != null) {
      return more;
    }
    return switch (state.phase()) {
      case START_PRE ->
          well ? open(state) : Stops.signal(state, Phase.FINAL_SIGTERM, result, rules);
      case START_POST -> well ? listen(state) : Stops.pre(state, result, rules);
      case STOP_PRE -> Stops.post(state, result, rules);
      case STOP_POST -> Stops.over(state, result);
      case STOP_PRE_SIGTERM, STOP_PRE_SIGKILL, FINAL_SIGTERM, FINAL_SIGKILL ->
          Stops.signalled(state, state.phase(), SocketResult.SUCCESS, rules);
      case DEAD, START_OPEN, LISTENING, RUNNING, FAILED -> Transition.to(state);
    };
  }

  private static Transition readable(SocketState state, boolean limited, SocketRules rules) {
    if (state.phase() != Phase.LISTENING) {
      return Transition.to(state);
    }
    if (limited) {
      return Stops.pre(state, SocketResult.TRIGGER_LIMIT_HIT, rules);
    }
    return rules.accepts()
        ? Transition.to(state, new Accept())
        : running(state).then(new Trigger());
  }

  private static Transition running(SocketState state) {
    return Transition.to(state.at(Phase.RUNNING), new Unwatch(), new Entered(Phase.RUNNING));
  }

  private static boolean isUp(SocketState state) {
    return state.phase() == Phase.LISTENING || state.phase() == Phase.RUNNING;
  }

  private static Transition failIfUp(SocketState state, SocketResult result, SocketRules rules) {
    return isUp(state) ? Stops.pre(state, result, rules) : Transition.to(state);
  }

  private static Transition serviceUp(SocketState state, SocketRules rules) {
    return state.phase() == Phase.LISTENING && !rules.accepts()
        ? running(state)
        : Transition.to(state);
  }

  private static Transition serviceDown(SocketState state, SocketRules rules) {
    if (state.phase() != Phase.RUNNING) {
      return Transition.to(state);
    }
    return rules.flushes()
        ? Transition.to(state, new Flush()).and(SocketMachine::listen)
        : listen(state);
  }
}
