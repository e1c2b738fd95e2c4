package org.usersvc.daemon.lifecycle;

import java.time.Duration;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;

/** One thing that the supervisor has to do; effects are performed in order. */
public sealed interface Effect {
  /** Run control/LETTER if there is one; answered by ScriptEnded. */
  record RunScript(Command command) implements Effect {}

  /** Kill the control script that runs. */
  record KillScript() implements Effect {}

  /**
   * Spawn run; answered by RunStarted, RunNotExecutable, RunMissing, NeedMissing, NeedUnsettled or
   * NoResources.
   */
  record StartRun() implements Effect {}

  /** Wait until run is ready; answered by BecameReady, or PromiseBroken. */
  record AwaitReady() implements Effect {}

  /** Spawn finish; answered by FinishStarted or NoFinish. */
  record StartFinish(ExitStatus status) implements Effect {}

  /** A process was ordered, is not there yet, and is no longer wanted: end it once it is there. */
  record GiveUp() implements Effect {}

  /** Send the signal to the process, not to its group. */
  record Send(int pid, Signal signal) implements Effect {}

  /** Kill finish, and then the rest of its process group. */
  record KillFinish(int pid) implements Effect {}

  /** End the rest of the process group of the last run. */
  record EndLeftovers() implements Effect {}

  /** Wake up with TimerFired(RESTART). */
  record ArmRestart(Duration delay) implements Effect {}

  /**
   * Make an armed TimerFired(RESTART) come at once, but not within {@link Backoff#QUICK} of the
   * last start.
   */
  record HastenRestart() implements Effect {}

  /** Wake up with TimerFired(KILL), unless this timer is armed. */
  record ArmKill(Duration bound) implements Effect {}

  /** Wake up with TimerFired(FINISH). */
  record ArmFinish(Duration bound) implements Effect {}

  /** Do not wake up with TimerFired(timer). */
  record Disarm(Timer timer) implements Effect {}

  /** Supervision ends: release supervise/. */
  record Leave() implements Effect {}
}
