package org.usersvc.systemd.socket;

import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.service.Child;
import org.usersvc.systemd.socket.SocketEffect.Arm;
import org.usersvc.systemd.socket.SocketEffect.Disarm;
import org.usersvc.systemd.socket.SocketEffect.Entered;
import org.usersvc.systemd.socket.SocketEffect.RunCommand;
import org.usersvc.systemd.socket.SocketState.Phase;

/** Runs the commands of a socket unit. */
final class Commands {
  private Commands() {}

  /** Runs a command of a step; each has the whole time that the unit gives. */
  static Transition run(SocketState state, Phase phase, int index, SocketRules rules) {
    var step = step(phase);
    var effects = new ArrayList<SocketEffect>();
    if (index == 0) {
      effects.add(new Entered(phase));
    }
    effects.add(bound(rules.timeout()));
    effects.add(new RunCommand(step, rules.commands().of(step).get(index)));
    return new Transition(state.at(phase).running(index, new Child.Ordered()), effects);
  }

  /** Runs the command after that one. Null if it was the last. */
  static @Nullable Transition runNext(SocketState state, SocketRules rules) {
    int next = state.command() + 1;
    boolean more = next < rules.commands().of(step(state.phase())).size();
    return more ? run(state, state.phase(), next, rules) : null;
  }

  /** Whether the command that runs in this phase may fail. */
  static boolean ignoresFailure(SocketState state, SocketRules rules) {
    return hasCommand(state.phase())
        && rules.commands().of(step(state.phase())).get(state.command()).ignoresFailure();
  }

  static boolean hasCommand(Phase phase) {
    return switch (phase) {
      case START_PRE, START_POST, STOP_PRE, STOP_POST -> true;
      case DEAD, START_OPEN, LISTENING, RUNNING, FAILED -> false;
      case STOP_PRE_SIGTERM, STOP_PRE_SIGKILL, FINAL_SIGTERM, FINAL_SIGKILL -> false;
    };
  }

  private static ExecStep step(Phase phase) {
    return switch (phase) {
      case START_PRE -> ExecStep.START_PRE;
      case START_POST -> ExecStep.START_POST;
      case STOP_PRE -> ExecStep.STOP_PRE;
      case STOP_POST -> ExecStep.STOP_POST;
      case DEAD, START_OPEN, LISTENING, RUNNING, FAILED ->
          throw new IllegalArgumentException("no command runs while " + phase.word());
      case STOP_PRE_SIGTERM, STOP_PRE_SIGKILL, FINAL_SIGTERM, FINAL_SIGKILL ->
          throw new IllegalArgumentException("no command runs while " + phase.word());
    };
  }

  /** Arms the timer, or disarms it if there is no bound. */
  static SocketEffect bound(@Nullable Duration after) {
    return after == null ? new Disarm() : new Arm(after);
  }
}
