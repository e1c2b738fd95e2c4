package org.usersvc.systemd.manage;

import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.unit.Unit;

/** A unit of a type that cannot run here. */
final class UnsupportedController implements Controller {
  private final Reports reports;

  private UnsupportedController(Reports reports) {
    this.reports = reports;
  }

  static Controller of(Unit ignored, Reports reports) {
    return new UnsupportedController(reports);
  }

  @Override
  public UnitState state() {
    return UnitState.DEAD;
  }

  @Override
  public void start(String invocation) {
    reports.finished(Work.Action.START, JobResult.UNSUPPORTED);
  }

  @Override
  public void stop(boolean restart) {
    reports.finished(Work.Action.STOP, JobResult.DONE);
  }

  @Override
  public void adopt(Unit unit) {} // there is nothing to adopt it
}
