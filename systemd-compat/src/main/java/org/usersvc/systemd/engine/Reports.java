package org.usersvc.systemd.engine;

import org.usersvc.systemd.job.JobRequest;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.unit.RestartSettings;

/**
 * What a {@link Controller} says of its unit. Each method may be called at any time and returns at
 * once: what follows from it happens later. <b>Loop thread only.</b>
 */
public interface Reports {
  /**
   * The unit has another active state or sub-state: once for each transition, in order, those that
   * are passed on the way, too.
   *
   * @param reloadFailed whether the unit ends a reload by it that had no success
   */
  void changed(UnitState now, boolean reloadFailed);

  /** The unit has another active state or sub-state. */
  default void changed(UnitState now) {
    changed(now, false);
  }

  /** An order is carried out; after the state that shows it. */
  void finished(Work.Action action, JobResult result);

  /** An order cannot be begun yet; it is given again when the state has changed. */
  void deferred(Work.Action action);

  /** {@code Restart=} is due: a job for it is made, which takes other units along or not. */
  void restartDue(RestartSettings.Mode mode);

  /** The unit wants a job, as a timer or a socket does for the unit that it triggers. */
  void request(JobRequest request);

  /** Something that doors show has another value, such as a pid or a text; no state. */
  void shown();

  /** Something has another value that no door shows, but the next daemon has to know. */
  default void noted() {}
}
