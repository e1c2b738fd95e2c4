package org.usersvc.systemd.listen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.SocketController.Passed;
import org.usersvc.systemd.engine.SocketDescriptors;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work.Action;
import org.usersvc.systemd.service.ServiceResult;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.Unit;

/** A service without processes: it takes its sockets and runs; {@code /bin/true} ends at once. */
final class FakeService implements ServiceController {
  private final Unit unit;
  private final Reports reports;
  private final SocketDescriptors sockets;
  private final List<String> starts = new ArrayList<>();
  private UnitState state = UnitState.DEAD;
  private ServiceResult result = ServiceResult.SUCCESS;

  FakeService(Unit unit, Reports reports, SocketDescriptors sockets) {
    this.unit = unit;
    this.reports = reports;
    this.sockets = sockets;
  }

  /** What it was passed at each start, as {@code number=name}. */
  List<String> starts() {
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
    starts.add(
        sockets.of(unit.id()).stream().map(FakeService::text).collect(Collectors.joining(" ")));
    result = ServiceResult.SUCCESS;
    enter(ActiveState.ACTIVE, "running");
    reports.finished(Action.START, JobResult.DONE);
    boolean ends =
        unit.settings() instanceof Settings.Service service
            && service.own().commands().toString().contains("/bin/true");
    if (ends) {
      end();
    }
  }

  private static String text(Passed passed) {
    return passed.descriptor() + "=" + passed.name();
  }

  /** It ends by itself. */
  void end() {
    enter(ActiveState.INACTIVE, "dead");
  }

  /** It runs from the begin on, as under an earlier daemon. */
  void runs() {
    state = new UnitState(ActiveState.ACTIVE, "running");
    reports.changed(state);
  }

  @Override
  public void refuseStart() {
    result = ServiceResult.START_LIMIT_HIT;
    enter(ActiveState.FAILED, "failed");
    reports.finished(Action.START, JobResult.FAILED);
  }

  @Override
  public void stop(boolean restart) {
    end();
    reports.finished(Action.STOP, JobResult.DONE);
  }

  @Override
  public void adopt(Unit other) {}

  @Override
  public int mainPid() {
    return 0;
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
    return "";
  }

  @Override
  public int statusErrno() {
    return 0;
  }

  @Override
  public Optional<Main> lastMain() {
    return Optional.empty();
  }
}
