package org.usersvc.systemd.run;

import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.UnitState;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work;
import org.usersvc.systemd.service.Outcome;
import org.usersvc.systemd.service.Phase;
import org.usersvc.systemd.service.Request;
import org.usersvc.systemd.unit.RestartSettings;

/** Says what happens to a service in the words of the engine. */
final class ServiceReports {
  private final Reports reports;
  private Phase last = new Phase.Dead();
  private @Nullable Phase passed;

  ServiceReports(Reports reports) {
    this.reports = reports;
  }

  /** A phase as all units have it. */
  static UnitState state(Phase phase) {
    return new UnitState(phase.active(), phase.word(), restartsItself(phase));
  }

  private static boolean restartsItself(Phase phase) {
    return switch (phase) {
      case Phase.AutoRestart _, Phase.AutoRestartQueued _ -> true;
      case Phase.DeadBeforeAutoRestart _, Phase.FailedBeforeAutoRestart _ -> true;
      case Phase.Dead _, Phase.Failed _ -> false;
      case Phase.Starting _, Phase.Up _, Phase.Reloading _, Phase.Ending _ -> false;
    };
  }

  /** An earlier daemon has reported that phase. */
  void resume(Phase phase) {
    last = phase;
  }

  void noted() {
    reports.noted();
  }

  /** The service passes a phase: nobody hears of it unless it {@link #stays}. */
  void passes(Phase phase) {
    passed = phase;
  }

  /** The service has not left the phase that it was to pass. */
  void stays() {
    if (passed != null) {
      entered(passed, false);
    }
  }

  void entered(Phase phase, boolean reloadFailed) {
    passed = null;
    boolean reloaded = last instanceof Phase.Reloading && !(phase instanceof Phase.Reloading);
    if (!state(last).equals(state(phase))) {
      reports.changed(state(phase), reloaded && reloadFailed);
    }
    last = phase;
  }

  void finished(Request request, Outcome outcome) {
    reports.finished(action(request), result(outcome));
  }

  void deferred(Request request) {
    reports.deferred(action(request));
  }

  private static Work.Action action(Request request) {
    return switch (request) {
      case START -> Work.Action.START;
      case STOP -> Work.Action.STOP;
      case RELOAD -> Work.Action.RELOAD;
    };
  }

  private static JobResult result(Outcome outcome) {
    return switch (outcome) {
      case DONE -> JobResult.DONE;
      case FAILED -> JobResult.FAILED;
      case INVALID -> JobResult.INVALID;
    };
  }

  void restartDue(RestartSettings.Mode mode) {
    reports.restartDue(mode);
  }

  void shown() {
    reports.shown();
  }
}
