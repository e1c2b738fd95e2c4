package org.usersvc.systemd.socket;

import java.time.Duration;
import java.util.List;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work.Action;
import org.usersvc.systemd.syntax.CommandLine;

/** One thing that has to be done for a socket unit; effects are performed in order. */
public sealed interface SocketEffect {
  /** Execute a command; answered by CommandStarted or CommandFailed, later by Exited. */
  record RunCommand(ExecStep step, CommandLine command) implements SocketEffect {}

  /**
   * Send signals, one after the other.
   *
   * @param all whether all processes of the unit get them, or its command only
   */
  record SignalUnit(boolean all, List<Signal> signals) implements SocketEffect {}

  /**
   * Forget the command, and report nothing of it any more. One that is only ordered is killed in
   * any case.
   *
   * @param kill whether it is killed
   */
  record Abandon(boolean kill) implements SocketEffect {}

  /** Make all sockets, and listen; answered by Opened or NotOpened, after the other effects. */
  record Open() implements SocketEffect {}

  /** Close all sockets and end their connections' claims; remove files if the unit says so. */
  record Close() implements SocketEffect {}

  /** Report with Arrived when something comes. */
  record Watch() implements SocketEffect {}

  record Unwatch() implements SocketEffect {}

  /** Drop what has come and what nobody took. */
  record Flush() implements SocketEffect {}

  /** Ask for a start of the service; answered by TriggerRefused if nothing comes of it. */
  record Trigger() implements SocketEffect {}

  /** Accept the connections that wait; a service for each. TriggerRefused if that is impossible. */
  record Accept() implements SocketEffect {}

  /** Wake up with TimerFired; an earlier timer is replaced. */
  record Arm(Duration after) implements SocketEffect {}

  record Disarm() implements SocketEffect {}

  /** A phase is entered: dependent units and clients see it. */
  record Entered(SocketState.Phase phase) implements SocketEffect {}

  /** The request is answered. */
  record Finished(Action request, JobResult result) implements SocketEffect {}

  /** The request is to be given again when the active state has changed. */
  record Deferred(Action request) implements SocketEffect {}
}
