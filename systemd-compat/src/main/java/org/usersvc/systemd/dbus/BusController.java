package org.usersvc.systemd.dbus;

import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobRequest;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Unit;

/**
 * A unit of the session bus. It is active while a bus is there, and a start waits for one. A stop
 * ends no bus: as long as one is there, the unit is started again at once, so that the next stop
 * ends what the bus has started since. <b>Loop thread only.</b>
 */
final class BusController implements Controller {
  private static final UnitState ACTIVE = new UnitState(ActiveState.ACTIVE, "running");
  private static final UnitState WAITING = new UnitState(ActiveState.ACTIVATING, "start-pre");

  private final UnitName unit;
  private final SessionBuses buses;
  private final Runnable stopped;
  private final Reports reports;
  private final Runnable follow = this::follow;
  private UnitState state;

  /**
   * A controller of one of the units.
   *
   * @param stopped run when the unit is stopped, but not if it is to start again
   */
  BusController(UnitName unit, SessionBuses buses, Runnable stopped, Reports reports) {
    this.unit = unit;
    this.buses = buses;
    this.stopped = stopped;
    this.reports = reports;
    state = buses.isThere() ? ACTIVE : UnitState.DEAD;
    buses.watch(follow);
  }

  @Override
  public UnitState state() {
    return state;
  }

  private void enter(UnitState next) {
    if (!state.equals(next)) {
      state = next;
      reports.changed(next);
    }
  }

  private void follow() {
    boolean isAwaited = state.equals(WAITING);
    if (buses.isThere()) {
      enter(ACTIVE);
      if (isAwaited) {
        reports.finished(Work.Action.START, JobResult.DONE);
      }
    } else if (!isAwaited) {
      enter(UnitState.DEAD);
    }
  }

  @Override
  public void start(String invocation) {
    enter(WAITING);
    follow();
  }

  @Override
  public void stop(boolean restart) {
    enter(UnitState.DEAD);
    reports.finished(Work.Action.STOP, JobResult.DONE);
    if (restart) {
      return;
    }
    stopped.run();
    if (buses.isThere()) {
      reports.request(JobRequest.own(JobType.START, unit, JobMode.REPLACE));
    }
  }

  @Override
  public void adopt(Unit unit) {} // its text is always the same

  @Override
  public void forgotten() {
    buses.unwatch(follow);
  }
}
