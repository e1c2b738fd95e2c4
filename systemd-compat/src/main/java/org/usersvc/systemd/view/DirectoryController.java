package org.usersvc.systemd.view;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.Goal;
import org.usersvc.daemon.view.ServiceView;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.service.ServiceResult;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Unit;

/** A service directory as a unit: the daemon's own machine runs it. <b>Loop thread only.</b> */
final class DirectoryController implements ServiceController {
  private final Supplier<@Nullable Commanded> directory;
  private final Reports reports;
  private final Runnable forgotten;
  private UnitState state;
  private @Nullable Goal goal;
  private long startsBefore;
  private boolean left;

  /**
   * @param directory the service of that name, null while there is none
   * @param forgotten run when the engine forgets the unit
   */
  DirectoryController(
      Supplier<@Nullable Commanded> directory, Reports reports, Runnable forgotten) {
    this.forgotten = forgotten;
    this.directory = directory;
    this.reports = reports;
    state = DirectoryState.of(view());
  }

  /** The service; null if it has gone. */
  @Nullable Commanded service() {
    return directory.get();
  }

  private @Nullable ServiceView view() {
    var service = service();
    return service == null ? null : service.view();
  }

  /** Something may have become of the service. */
  void look() {
    if (left) {
      return;
    }
    var now = DirectoryState.of(view());
    if (now.equals(state)) {
      reports.shown();
    } else {
      state = now;
      reports.changed(now);
    }
    lookAtGoal();
  }

  private void lookAtGoal() {
    var service = service();
    var awaited = goal;
    if (awaited == null) {
      return;
    }
    if (service != null && service.reached(awaited, startsBefore)) {
      finish(awaited, JobResult.DONE);
    } else if (service == null || service.lost(awaited, startsBefore)) {
      finish(awaited, awaited == Goal.DOWN ? JobResult.DONE : JobResult.FAILED);
    }
  }

  private void finish(Goal reached, JobResult result) {
    goal = null;
    reports.finished(reached == Goal.UP ? Work.Action.START : Work.Action.STOP, result);
  }

  private void command(String letter, Goal next) {
    goal = next;
    var service = service();
    if (service == null) {
      lookAtGoal();
    } else {
      startsBefore = service.view().starts();
      service.command(letter);
      service.afterwards(this::look);
    }
  }

  /** The daemon ends: it stops its services itself, after the units. */
  void leave() {
    left = true;
    if (!state.equals(UnitState.DEAD)) {
      state = UnitState.DEAD;
      reports.changed(state);
    }
    if (goal != null) {
      finish(goal, goal == Goal.DOWN ? JobResult.DONE : JobResult.CANCELED);
    }
  }

  @Override
  public UnitState state() {
    return state;
  }

  @Override
  public boolean canReload() {
    return true;
  }

  @Override
  public void start(String invocation) {
    command("u", Goal.UP);
  }

  @Override
  public void stop(boolean restart) {
    command("d", Goal.DOWN);
  }

  /** HUP, as {@code usersvc reload} sends it. */
  @Override
  public void reload() {
    var service = service();
    if (service != null) {
      service.command("h");
    }
    reports.finished(Work.Action.RELOAD, service == null ? JobResult.FAILED : JobResult.DONE);
  }

  /** The name of the unit does not change, and nothing else of its text matters. */
  @Override
  public void adopt(Unit unit) {}

  @Override
  public void forgotten() {
    forgotten.run();
  }

  @Override
  public Killed kill(Who who, Signal signal) {
    char letter = DirectoryState.letter(signal);
    var service = service();
    if (letter == 0) {
      return Killed.NO_PROCESSES;
    }
    if (service == null || who == Who.CONTROL || service.view().pid() == 0) {
      return Killed.NO_SUCH_PROCESS;
    }
    service.command(String.valueOf(letter));
    return Killed.SENT;
  }

  @Override
  public int mainPid() {
    var view = view();
    return view == null ? 0 : view.pid();
  }

  @Override
  public int controlPid() {
    return 0;
  }

  @Override
  public ServiceResult result() {
    var exit = lastExit();
    if (state.active() != ActiveState.FAILED || exit == null || exit.success()) {
      return ServiceResult.SUCCESS;
    }
    if (exit.signal() == 0) {
      return ServiceResult.EXIT_CODE;
    }
    return exit.core() ? ServiceResult.CORE_DUMP : ServiceResult.SIGNAL;
  }

  private @Nullable ExitStatus lastExit() {
    var view = view();
    return view == null ? null : view.lastExit();
  }

  @Override
  public int restarts() {
    var view = view();
    return view == null ? 0 : view.deaths();
  }

  @Override
  public String statusText() {
    var view = view();
    return view == null ? "" : view.statusText();
  }

  @Override
  public int statusErrno() {
    var view = view();
    Integer errno = view == null ? null : view.errno();
    return errno == null ? 0 : errno;
  }

  @Override
  public Optional<Main> lastMain() {
    return Optional.empty();
  }
}
