package org.usersvc.systemd.manage;

import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Unit;

/** A target or a slice: it is what is asked of it, at once. The root slice is always active. */
final class SimpleController implements Controller {
  private static final UnitName ROOT = UnitName.of("-.slice");
  private static final UnitState ACTIVE = new UnitState(ActiveState.ACTIVE, "active");

  private final Reports reports;
  private UnitState state;

  private SimpleController(Reports reports, UnitState first) {
    this.reports = reports;
    state = first;
  }

  static Controller of(Unit unit, Reports reports) {
    return new SimpleController(reports, unit.id().equals(ROOT) ? ACTIVE : UnitState.DEAD);
  }

  @Override
  public UnitState state() {
    return state;
  }

  @Override
  public void start(String invocation) {
    enter(ACTIVE, Work.Action.START);
  }

  @Override
  public void stop(boolean restart) {
    enter(UnitState.DEAD, Work.Action.STOP);
  }

  @Override
  public void record(Fields to) {
    to.put("phase", state.active());
  }

  @Override
  public void resume(Fields from) throws RecordFault {
    boolean isUp = from.constant(ActiveState.class, "phase") == ActiveState.ACTIVE;
    state = isUp ? ACTIVE : UnitState.DEAD;
  }

  private void enter(UnitState next, Work.Action action) {
    state = next;
    reports.changed(next);
    reports.finished(action, JobResult.DONE);
  }

  @Override
  public void adopt(Unit unit) {} // its text changes nothing of what it does
}
