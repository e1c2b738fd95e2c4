package org.usersvc.systemd.manage;

import java.util.List;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.RestartSettings;
import org.usersvc.systemd.unit.ServiceType;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.Unit;

/**
 * A service without processes. A oneshot is activating until a test ends it; one that executes
 * {@code /bin/false} fails at once; all others are active at once.
 */
final class FakeController implements Controller {
  private final Reports reports;
  private final List<String> trace;
  private Unit unit;
  private UnitState state = UnitState.DEAD;
  private String invocation = "";

  /** Adds each order to the trace: + for a start, - for a stop, ~ for a reload. */
  FakeController(Unit unit, Reports reports, List<String> trace) {
    this.unit = unit;
    this.reports = reports;
    this.trace = trace;
  }

  @Override
  public UnitState state() {
    return state;
  }

  /** Comes into a state, by itself or by an order. */
  void enter(ActiveState active) {
    enter(new UnitState(active, active.word()));
  }

  void enter(UnitState next) {
    state = next;
    reports.changed(next);
  }

  /** Wants its restart, after it has said that it waits for it. */
  void restartDue(RestartSettings.Mode mode) {
    reports.restartDue(mode);
  }

  @Override
  public void restartRefused() {
    trace.add("?" + unit.id().withoutSuffix());
    enter(ActiveState.FAILED);
  }

  @Override
  public void restartFailed() {
    trace.add("!" + unit.id().withoutSuffix());
    enter(ActiveState.INACTIVE);
  }

  Unit unit() {
    return unit;
  }

  String invocation() {
    return invocation;
  }

  private Settings.Service settings() {
    return (Settings.Service) unit.settings();
  }

  @Override
  public boolean canReload() {
    return unit.settings() instanceof Settings.Service service
        && !service.own().commands().of(ExecStep.RELOAD).isEmpty();
  }

  @Override
  public boolean isStartLimited() {
    return true;
  }

  @Override
  public void start(String id) {
    trace.add("+" + unit.id().withoutSuffix());
    invocation = id;
    if (settings().own().type() == ServiceType.ONESHOT) {
      enter(ActiveState.ACTIVATING);
    } else if (isFailing()) {
      enter(ActiveState.ACTIVATING);
      enter(ActiveState.FAILED);
      reports.finished(Work.Action.START, JobResult.FAILED);
    } else {
      enter(ActiveState.ACTIVE);
      reports.finished(Work.Action.START, JobResult.DONE);
    }
  }

  private boolean isFailing() {
    return settings().own().commands().toString().contains("/bin/false");
  }

  @Override
  public void refuseStart() {
    enter(ActiveState.FAILED);
  }

  @Override
  public void stop(boolean restart) {
    trace.add("-" + unit.id().withoutSuffix());
    boolean isEarly = state.active() == ActiveState.ACTIVATING && !state.restartsItself();
    enter(ActiveState.DEACTIVATING);
    enter(isEarly ? ActiveState.FAILED : ActiveState.INACTIVE);
    reports.finished(Work.Action.STOP, JobResult.DONE);
  }

  @Override
  public void reload() {
    trace.add("~" + unit.id().withoutSuffix());
    enter(ActiveState.RELOADING);
    enter(ActiveState.ACTIVE);
    reports.finished(Work.Action.RELOAD, JobResult.DONE);
  }

  @Override
  public void resetFailed() {
    if (state.active() == ActiveState.FAILED) {
      enter(ActiveState.INACTIVE);
    }
  }

  @Override
  public Killed kill(Who who, Signal signal) {
    trace.add(signal + " " + unit.id().withoutSuffix());
    return Killed.SENT;
  }

  @Override
  public void adopt(Unit other) {
    unit = other;
  }
}
