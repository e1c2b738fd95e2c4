package org.usersvc.daemon.lifecycle;

import java.time.Duration;
import org.usersvc.daemon.model.ExitStatus;

/** What can happen to one supervised process. */
public sealed interface Event {
  /** A letter or its like; never while a control script runs. */
  record Asked(Command command) implements Event {}

  /** The script control/X has ended, or there is none; handled = it exited 0. */
  record ScriptEnded(boolean handled) implements Event {}

  /** Answer to {@link Effect.StartRun}. */
  record RunStarted(int pid) implements Event {}

  /** Answer to {@link Effect.StartRun}: run is there but cannot be executed. */
  record RunNotExecutable() implements Event {}

  /** Answer to {@link Effect.StartRun}: there is no run. */
  record RunMissing() implements Event {}

  /** Answer to {@link Effect.StartRun}: a variable or a service that run needs is not there. */
  record NeedMissing() implements Event {}

  /**
   * Answer to {@link Effect.StartRun}: run, which needs variables, has ended a moment ago, perhaps
   * because what they stand for is just going.
   */
  record NeedUnsettled() implements Event {}

  /** Answer to {@link Effect.StartRun}: the system has no process, memory or descriptor left. */
  record NoResources() implements Event {}

  /** run has told that it is ready, or tells nothing. */
  record BecameReady() implements Event {}

  /** run has named another process of its own as the one to be supervised. */
  record MainProcess(int pid) implements Event {}

  /** run has ended and is reaped. */
  record RunEnded(ExitStatus status, Duration ranFor) implements Event {}

  /** Answer to {@link Effect.StartFinish}. */
  record FinishStarted(int pid) implements Event {}

  /** Answer to {@link Effect.StartFinish}: there is none, or it cannot be executed. */
  record NoFinish() implements Event {}

  /**
   * finish has ended and is reaped.
   *
   * @param permanent whether it says that the service is to stay down (exit 125, as in s6)
   */
  record FinishEnded(boolean permanent) implements Event {}

  record TimerFired(Timer timer) implements Event {}

  /** Something that run depends on was written: run itself has appeared or changed. */
  record DefinitionChanged() implements Event {}

  /** A variable or a service that run needs has come, is another one, or has gone. */
  record NeedChanged() implements Event {}

  /** The directory has left the tree, or the daemon ends: stop, within timeout-kill. */
  record Stop() implements Event {}

  /**
   * For a logger whose service has ended: its input is closed, it ends by itself at end of file.
   *
   * @param bounded whether it is killed after timeout-kill
   */
  record InputClosed(boolean bounded) implements Event {}

  /** Kill at once what is being stopped. */
  record Hurry() implements Event {}
}
