package org.usersvc.systemd.socket;

import java.util.List;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.socket.SocketEffect.Abandon;
import org.usersvc.systemd.socket.SocketEffect.Close;
import org.usersvc.systemd.socket.SocketEffect.Disarm;
import org.usersvc.systemd.socket.SocketEffect.Entered;
import org.usersvc.systemd.socket.SocketEffect.SignalUnit;
import org.usersvc.systemd.socket.SocketEffect.Unwatch;
import org.usersvc.systemd.socket.SocketState.Phase;

/** Takes a socket unit down: commands before closing, closing, commands after that. */
final class Stops {
  private Stops() {}

  /** Begins to stop a unit whose sockets may be open. */
  static Transition pre(SocketState state, SocketResult result, SocketRules rules) {
    var begun = abandon(state.and(result), true);
    if (state.phase() == Phase.LISTENING) {
      begun = begun.then(new Unwatch());
    }
    return rules.commands().has(ExecStep.STOP_PRE)
        ? begun.and(next -> Commands.run(next, Phase.STOP_PRE, 0, rules))
        : begun.and(next -> post(next, SocketResult.SUCCESS, rules));
  }

  /** Closes the sockets. */
  static Transition post(SocketState state, SocketResult result, SocketRules rules) {
    var closed = abandon(state.and(result), false).and(Stops::close);
    return rules.commands().has(ExecStep.STOP_POST)
        ? closed.and(next -> Commands.run(next, Phase.STOP_POST, 0, rules))
        : closed.and(next -> over(next, SocketResult.SUCCESS));
  }

  private static Transition close(SocketState state) {
    return state.isOpen() ? Transition.to(state.open(false), new Close()) : Transition.to(state);
  }

  /** The unit is down. A process that has outlived its signals is forgotten. */
  static Transition over(SocketState state, SocketResult result) {
    var ended = abandon(state.and(result), false).and(Stops::close);
    boolean failed = ended.next().result() != SocketResult.SUCCESS;
    var phase = failed ? Phase.FAILED : Phase.DEAD;
    return ended.and(next -> Transition.to(next.at(phase), new Disarm(), new Entered(phase)));
  }

  private static Transition abandon(SocketState state, boolean kill) {
    return state.control() == null
        ? Transition.to(state)
        : Transition.to(state.with(null), new Abandon(kill));
  }

  /** Signals the command that runs, and waits for its end; goes on at once if none runs. */
  static Transition signal(
      SocketState before, Phase phase, SocketResult result, SocketRules rules) {
    var state = before.and(result);
    if (state.control() == null || rules.kill().mode() == KillSettings.Mode.NONE) {
      return signalled(state, phase, SocketResult.SUCCESS, rules);
    }
    return Transition.to(
        state.at(phase),
        new Entered(phase),
        Commands.bound(rules.timeout()),
        signals(phase, rules.kill()));
  }

  /** A command that was ordered has come after the signal: it gets one too. */
  static Transition signalAgain(SocketState state, SocketRules rules) {
    return Transition.to(state, signals(state.phase(), rules.kill()));
  }

  /** The command that got a signal has ended, or is given up. */
  static Transition signalled(
      SocketState state, Phase phase, SocketResult result, SocketRules rules) {
    return phase == Phase.STOP_PRE_SIGTERM || phase == Phase.STOP_PRE_SIGKILL
        ? post(state, result, rules)
        : over(state, result);
  }

  private static SignalUnit signals(Phase phase, KillSettings kill) {
    if (phase == Phase.STOP_PRE_SIGKILL || phase == Phase.FINAL_SIGKILL) {
      boolean all = kill.mode() != KillSettings.Mode.PROCESS;
      return new SignalUnit(all, List.of(kill.finalSignal()));
    }
    return new SignalUnit(kill.mode() == KillSettings.Mode.CONTROL_GROUP, kill.polite());
  }

  /** What a phase waits for takes too long. */
  static Transition late(SocketState state, SocketRules rules) {
    var late = SocketResult.TIMEOUT;
    boolean kills = rules.kill().sendsFinalKill();
    return switch (state.phase()) {
      case START_PRE, STOP_POST -> signal(state, Phase.FINAL_SIGTERM, late, rules);
      case START_OPEN, START_POST -> pre(state, late, rules);
      case STOP_PRE -> signal(state, Phase.STOP_PRE_SIGTERM, late, rules);
      case STOP_PRE_SIGTERM ->
          kills ? signal(state, Phase.STOP_PRE_SIGKILL, late, rules) : post(state, late, rules);
      case STOP_PRE_SIGKILL -> post(state, late, rules);
      case FINAL_SIGTERM ->
          kills ? signal(state, Phase.FINAL_SIGKILL, late, rules) : over(state, late);
      case FINAL_SIGKILL -> over(state, late);
      case DEAD, LISTENING, RUNNING, FAILED -> Transition.to(state);
    };
  }
}
