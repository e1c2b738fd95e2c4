package org.usersvc.systemd.dbus;

import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Unit;

/**
 * A unit of the session bus. It is active while a bus is there, and a start waits for one. A stop
 * ends no bus: the unit is inactive until it is started, or until another bus comes. <b>Loop thread
 * only.</b>
 */
final class BusController implements Controller {
  private static final UnitState ACTIVE = new UnitState(ActiveState.ACTIVE, "running");
  private static final UnitState WAITING = new UnitState(ActiveState.ACTIVATING, "start-pre");

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
  BusController(SessionBuses buses, Runnable stopped, Reports reports) {
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
    if (!restart) {
      stopped.run();
    }
    reports.finished(Work.Action.STOP, JobResult.DONE);
  }

  @Override
  public void adopt(Unit unit) {} // its text is always the same

  @Override
  public void forgotten() {
    buses.unwatch(follow);
  }
}
