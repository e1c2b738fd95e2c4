package org.usersvc.systemd.exec;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.model.Signal;

/**
 * How the processes of a unit are ended. Immutable. Source: systemd.kill(5).
 *
 * @param mode {@code KillMode=}
 * @param signal {@code KillSignal=}
 * @param restartSignal {@code RestartKillSignal=}; that of {@code signal} if no file sets it
 * @param sendsHangup {@code SendSIGHUP=}
 * @param sendsFinalKill {@code SendSIGKILL=}
 * @param finalSignal {@code FinalKillSignal=}
 * @param watchdogSignal {@code WatchdogSignal=}
 */
public record KillSettings(
    Mode mode,
    Signal signal,
    Signal restartSignal,
    boolean sendsHangup,
    boolean sendsFinalKill,
    Signal finalSignal,
    Signal watchdogSignal) {
  public static final KillSettings DEFAULT =
      new KillSettings(
          Mode.CONTROL_GROUP, Signal.TERM, Signal.TERM, false, true, Signal.KILL, Signal.ABRT);

  /** The signals that ask processes to end; CONT wakes those that are stopped. */
  public List<Signal> polite() {
    var signals = new ArrayList<Signal>(List.of(signal));
    if (sendsHangup) {
      signals.add(Signal.HUP);
    }
    signals.add(Signal.CONT);
    return List.copyOf(signals);
  }

  /** The words of {@code KillMode=}: which processes get the signals. */
  public enum Mode {
    /** All of the unit. */
    CONTROL_GROUP,
    /** The main process first; all get the final signal. */
    MIXED,
    /** The main process, and the command that runs. */
    PROCESS,
    /** None. */
    NONE
  }
}
