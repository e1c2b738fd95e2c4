package org.usersvc.systemd.dbus;

import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Unit;

/** A service that does at once what it is told. */
final class SteadyController implements Controller {
  private final Reports reports;
  private UnitState state = UnitState.DEAD;

  SteadyController(Reports reports) {
    this.reports = reports;
  }

  @Override
  public UnitState state() {
    return state;
  }

  @Override
  public void start(String invocation) {
    enter(new UnitState(ActiveState.ACTIVE, "running"), Work.Action.START);
  }

  @Override
  public void stop(boolean restart) {
    enter(UnitState.DEAD, Work.Action.STOP);
  }

  private void enter(UnitState next, Work.Action action) {
    state = next;
    reports.changed(next);
    reports.finished(action, JobResult.DONE);
  }

  @Override
  public void adopt(Unit unit) {}
}
