package org.usersvc.systemd.manage;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobRequest;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Reactions;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.unit.RestartSettings;

/** The reports that wait to be processed, in their order. */
final class ReportQueue {
  private final ArrayDeque<Report> waiting = new ArrayDeque<>();
  private final Runnable wake;

  /**
   * An empty queue.
   *
   * @param wake run for every report that is added
   */
  ReportQueue(Runnable wake) {
    this.wake = wake;
  }

  void add(Report report) {
    waiting.add(report);
    wake.run();
  }

  /** The next report, taken out; null if there is none. */
  @Nullable Report poll() {
    return waiting.poll();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** What the controller of a unit reports to. */
  Reports of(KnownUnit unit) {
    return new Reports() {
      @Override
      public void changed(UnitState now, boolean reloadFailed) {
        add(new Report.Changed(unit, now, reloadFailed));
      }

      @Override
      public void finished(Work.Action action, JobResult result) {
        add(new Report.Finished(unit, action, result));
      }

      @Override
      public void deferred(Work.Action action) {
        add(new Report.Deferred(unit, action));
      }

      @Override
      public void restartDue(RestartSettings.Mode mode) {
        request(Reactions.restart(unit.id(), mode));
      }

      @Override
      public void request(JobRequest request) {
        add(new Report.Requested(request));
      }

      @Override
      public void shown() {
        add(new Report.Shown(unit));
      }

      @Override
      public void noted() {
        add(new Report.Noted(unit));
      }
    };
  }
}
