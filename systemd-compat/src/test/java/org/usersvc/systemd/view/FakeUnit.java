package org.usersvc.systemd.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.service.ServiceResult;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Unit;

/** A service whose process a test ends. Its start takes until the test says that it is up. */
final class FakeUnit implements ServiceController {
  static final UnitState RUNNING = new UnitState(ActiveState.ACTIVE, "running");
  static final UnitState FAILED = new UnitState(ActiveState.FAILED, "failed");
  private static final UnitState STARTING = new UnitState(ActiveState.ACTIVATING, "start");
  private static final UnitState STOPPING = new UnitState(ActiveState.DEACTIVATING, "stop-sigterm");

  final List<String> signals = new ArrayList<>();
  private final Reports reports;
  private UnitState state = UnitState.DEAD;
  private ServiceResult result = ServiceResult.SUCCESS;
  private int pid;

  FakeUnit(Unit unit, Reports reports) {
    this.reports = reports;
  }

  /** Comes into a state by itself. */
  void enter(UnitState next) {
    state = next;
    reports.changed(next);
  }

  void up() {
    enter(RUNNING);
    reports.finished(Work.Action.START, JobResult.DONE);
  }

  /** Its process ends without success. */
  void fail() {
    boolean isStarting = state.equals(STARTING);
    result = ServiceResult.EXIT_CODE;
    pid = 0;
    enter(FAILED);
    if (isStarting) {
      reports.finished(Work.Action.START, JobResult.FAILED);
    }
  }

  /** It has done its work. */
  void complete() {
    pid = 0;
    enter(UnitState.DEAD);
    reports.finished(Work.Action.START, JobResult.DONE);
  }

  @Override
  public UnitState state() {
    return state;
  }

  @Override
  public void start(String invocation) {
    pid = 1000;
    enter(STARTING);
  }

  @Override
  public void stop(boolean restart) {
    enter(STOPPING);
    pid = 0;
    enter(UnitState.DEAD);
    reports.finished(Work.Action.STOP, JobResult.DONE);
  }

  @Override
  public Killed kill(Who who, Signal signal) {
    if (pid == 0) {
      return Killed.NO_SUCH_PROCESS;
    }
    signals.add(who + " " + signal);
    return Killed.SENT;
  }

  @Override
  public void adopt(Unit unit) {}

  @Override
  public int mainPid() {
    return pid;
  }

  @Override
  public int controlPid() {
    return 0;
  }

  @Override
  public ServiceResult result() {
    return result;
  }

  @Override
  public int restarts() {
    return 0;
  }

  @Override
  public String statusText() {
    return pid == 0 ? "" : "busy";
  }

  @Override
  public int statusErrno() {
    return 0;
  }

  @Override
  public Optional<Main> lastMain() {
    var began = new Stamps.Stamp(java.time.Instant.EPOCH, 0);
    return state.equals(FAILED)
        ? Optional.of(new Main(1000, began, Optional.of(began), Optional.of(ExitStatus.exited(3))))
        : Optional.empty();
  }
}
