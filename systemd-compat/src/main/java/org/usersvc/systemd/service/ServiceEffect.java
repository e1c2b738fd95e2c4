package org.usersvc.systemd.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.syntax.CommandLine;

/** One thing that has to be done for a service; effects are performed in order. */
public sealed interface ServiceEffect {
  /**
   * Execute a command; answered by CommandStarted, CommandFailed or NoResources, later by Exited.
   *
   * @param variables those by which the command learns about the service: MAINPID, SERVICE_RESULT,
   *     EXIT_CODE, EXIT_STATUS
   */
  record RunCommand(ExecStep step, CommandLine command, Map<String, String> variables)
      implements ServiceEffect {}

  /**
   * Send signals, one after the other. Answered by ProcessesGone if {@code all} is set and there is
   * no process.
   *
   * @param all whether all processes of the unit get them, or main and control only
   */
  record SignalUnit(boolean all, List<Signal> signals) implements ServiceEffect {}

  /** Send a signal to the main process. */
  record SignalMain(Signal signal) implements ServiceEffect {}

  /** Kill what earlier commands have left. */
  record EndLeftovers() implements ServiceEffect {}

  /**
   * Forget the main or the control process, and report nothing of it any more. A command that is
   * only ordered is killed in any case.
   *
   * @param kill whether it is killed
   */
  record Abandon(Slot slot, boolean kill) implements ServiceEffect {}

  /**
   * Find the main process of a forking service by its PID file, which may be written later, or by a
   * guess. Answered by MainFound, MainUnknown or ProcessesGone. The search ends when another phase
   * is entered.
   */
  record FindMain() implements ServiceEffect {}

  /** Wake up with TimerFired; a timer of that kind which is armed already is replaced. */
  record Arm(ServiceTimer timer, Duration after) implements ServiceEffect {}

  /** Let an armed timer fire not earlier than {@code atLeast} from now. */
  record Extend(ServiceTimer timer, Duration atLeast) implements ServiceEffect {}

  record Disarm(ServiceTimer timer) implements ServiceEffect {}

  /** Ask for a restart job of this unit, so that those that depend on it follow. */
  record EnqueueRestart() implements ServiceEffect {}

  /** A phase is entered: dependent units and clients see it. */
  record Entered(Phase phase) implements ServiceEffect {}

  /** The request is answered. */
  record JobFinished(Request request, Outcome outcome) implements ServiceEffect {}

  /** The request is to be given again when the active state has changed. */
  record JobDeferred(Request request) implements ServiceEffect {}
}
