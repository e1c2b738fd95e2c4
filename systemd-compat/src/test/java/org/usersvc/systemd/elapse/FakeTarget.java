package org.usersvc.systemd.elapse;

import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work.Action;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Unit;

/** A service without processes, which runs until a test ends it. */
public final class FakeTarget implements Controller {
  private final Reports reports;
  private UnitState state = UnitState.DEAD;
  private int starts;

  FakeTarget(Reports reports) {
    this.reports = reports;
  }

  /** How often it was started. */
  public int starts() {
    return starts;
  }

  @Override
  public UnitState state() {
    return state;
  }

  private void enter(ActiveState active, String sub) {
    state = new UnitState(active, sub);
    reports.changed(state);
  }

  @Override
  public boolean isStartLimited() {
    return true;
  }

  @Override
  public void start(String invocation) {
    starts++;
    enter(ActiveState.ACTIVE, "running");
    reports.finished(Action.START, JobResult.DONE);
  }

  /** It ends by itself. */
  void end() {
    enter(ActiveState.INACTIVE, "dead");
  }

  @Override
  public void refuseStart() {
    enter(ActiveState.FAILED, "failed");
    reports.finished(Action.START, JobResult.FAILED);
  }

  @Override
  public void stop(boolean restart) {
    end();
    reports.finished(Action.STOP, JobResult.DONE);
  }

  @Override
  public void adopt(Unit unit) {}
}
