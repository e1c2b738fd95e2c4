package org.usersvc.daemon.lifecycle;

import java.time.Duration;
import org.usersvc.daemon.model.ExitStatus;

/** Something that happens to one supervised process. */
public sealed interface Event {
  /** A client gave a command; this never comes while a control script runs. */
  record Asked(Command command) implements Event {}

  /** The script control/X has ended, or there is none; it is handled if the script exited 0. */
  record ScriptEnded(boolean handled) implements Event {}

  /** Answer to {@link Effect.StartRun}. */
  record RunStarted(int pid) implements Event {}

  /** Answer to {@link Effect.StartRun}: run exists but cannot be executed. */
  record RunNotExecutable() implements Event {}

  /** Answer to {@link Effect.StartRun}: there is no run. */
  record RunMissing() implements Event {}

  /** Answer to {@link Effect.StartRun}: a variable or a service that run needs is not there. */
  record NeedMissing() implements Event {}

  /**
   * Answer to {@link Effect.StartRun}: run needs variables and has ended a moment ago, perhaps
   * because their session is ending.
   */
  record NeedUnsettled() implements Event {}

  /** Answer to {@link Effect.StartRun}: the system has no process, memory or descriptor left. */
  record NoResources() implements Event {}

  /** run has notified that it is ready, or it never notifies. */
  record BecameReady() implements Event {}

  /** run does not do what it has promised; this comes at any time after the start of run. */
  record PromiseBroken(Promise promise) implements Event {}

  /** run has named another of its processes, which is to be supervised from now on. */
  record MainProcess(int pid) implements Event {}

  /** run has ended and is reaped. */
  record RunEnded(ExitStatus status, Duration ranFor) implements Event {}

  /** Answer to {@link Effect.StartFinish}. */
  record FinishStarted(int pid) implements Event {}

  /** Answer to {@link Effect.StartFinish}: finish does not exist or cannot be executed. */
  record NoFinish() implements Event {}

  /**
   * finish has ended and is reaped.
   *
   * @param permanent whether finish asks that the service stay down (exit 125, as in s6)
   */
  record FinishEnded(boolean permanent) implements Event {}

  /** The time has come that an effect has set. */
  record TimerFired(Timer timer) implements Event {}

  /** A file that run may depend on was written: run itself has appeared or changed. */
  record DefinitionChanged() implements Event {}

  /** A variable or a service that run needs has come, changed or gone. */
  record NeedChanged() implements Event {}

  /** The directory has left the tree, or the daemon ends: stop, within timeout-kill. */
  record Stop() implements Event {}

  /**
   * The service of this logger has ended: the input is closed, and the logger ends at end of file.
   *
   * @param bounded whether the logger is killed after timeout-kill
   */
  record InputClosed(boolean bounded) implements Event {}

  /** A process that is being stopped is to be killed at once. */
  record Hurry() implements Event {}
}
