package org.usersvc.systemd.path;

import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work.Action;

/** One thing that has to be done for a path unit; effects are performed in order. */
public sealed interface PathEffect {
  /** Make the directories, if the unit says so. */
  record MakeDirectories() implements PathEffect {}

  /**
   * Watch the paths; changes count from now on. Report with Looked, later, what the paths say now,
   * and whenever they change.
   */
  record Watch() implements PathEffect {}

  /** Watch and report no more. */
  record Unwatch() implements PathEffect {}

  /** Ask for a start of the unit; answered by TriggerRefused if nothing comes of it. */
  record Trigger() implements PathEffect {}

  /** A phase is entered: dependent units and clients see it. */
  record Entered(PathState.Phase phase) implements PathEffect {}

  /** The request is answered. */
  record Finished(Action request, JobResult result) implements PathEffect {}
}
