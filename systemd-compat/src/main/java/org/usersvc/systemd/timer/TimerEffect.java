package org.usersvc.systemd.timer;

import java.time.Instant;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work.Action;

/** One thing that has to be done for a timer unit; effects are performed in order. */
public sealed interface TimerEffect {
  /** Report with Due when the plan says so; an earlier plan is replaced. */
  record Await(Plan plan) implements TimerEffect {}

  /** Wait for no plan any more. */
  record Disarm() implements TimerEffect {}

  /** Ask for a start of the unit; answered by TriggerRefused if nothing comes of it. */
  record Trigger() implements TimerEffect {}

  /** Remember for later starts of a persistent timer when it has run. */
  record Remember(Instant when) implements TimerEffect {}

  /** A phase is entered: dependent units and clients see it. */
  record Entered(TimerState.Phase phase) implements TimerEffect {}

  /** The request is answered. */
  record Finished(Action request, JobResult result) implements TimerEffect {}
}
