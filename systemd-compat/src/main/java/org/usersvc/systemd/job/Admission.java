package org.usersvc.systemd.job;

import java.util.Optional;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.LoadState;

/** What is checked of one job before anything that it pulls in. */
final class Admission {
  private final UnitGraph graph;

  Admission(UnitGraph graph) {
    this.graph = graph;
  }

  /** Why the requested job cannot be; empty if it can. */
  Optional<Refusal> refusal(JobRequest request) {
    return unknown(request)
        .or(() -> refusedToPeople(request))
        .or(() -> wrongMode(request))
        .or(() -> refusal(request.unit(), request.type()));
  }

  /** Why a unit cannot have a job of that type; empty if it can. */
  Optional<Refusal> refusal(UnitName unit, JobType type) {
    if (type == JobType.STOP) {
      return Optional.empty();
    }
    return notLoaded(unit)
        .or(() ->
            isApplicable(unit, type) ? none() : refuse(new Refusal.NotApplicable(unit, type)));
  }

  private boolean isApplicable(UnitName unit, JobType type) {
    return switch (type) {
      case RELOAD, RELOAD_OR_START, TRY_RELOAD -> graph.canReload(unit);
      case START, VERIFY_ACTIVE, STOP, RESTART, TRY_RESTART, NOP -> true;
    };
  }

  /** A stop may always be asked of what runs, but not of what never was. */
  private Optional<Refusal> unknown(JobRequest request) {
    boolean stopsNothing =
        request.type() == JobType.STOP
            && graph.state(request.unit()) == ActiveState.INACTIVE
            && graph.loadState(request.unit()) != LoadState.MASKED;
    return stopsNothing ? notLoaded(request.unit()) : none();
  }

  private Optional<Refusal> refusedToPeople(JobRequest request) {
    if (request.by() == JobRequest.By.ENGINE) {
      return none();
    }
    var flags = graph.flags(request.unit());
    boolean refused =
        switch (request.type()) {
          case START, RELOAD_OR_START -> flags.refuseManualStart();
          case STOP -> flags.refuseManualStop();
          case RESTART, TRY_RESTART -> flags.refuseManualStart() || flags.refuseManualStop();
          case VERIFY_ACTIVE, RELOAD, TRY_RELOAD, NOP -> false;
        };
    return refused ? refuse(new Refusal.OnlyByDependency(request.unit(), request.type())) : none();
  }

  private Optional<Refusal> wrongMode(JobRequest request) {
    boolean goesTogether =
        switch (request.mode()) {
          case ISOLATE, RESTART_DEPENDENCIES -> request.type() == JobType.START;
          case TRIGGERING -> request.type() == JobType.STOP;
          case FAIL,
              LENIENT,
              REPLACE,
              REPLACE_IRREVERSIBLY,
              FLUSH,
              IGNORE_DEPENDENCIES,
              IGNORE_REQUIREMENTS ->
              true;
        };
    if (!goesTogether) {
      return refuse(new Refusal.WrongMode(request.type(), request.mode()));
    }
    boolean mayIsolate =
        request.mode() != JobMode.ISOLATE || graph.flags(request.unit()).allowIsolate();
    return mayIsolate ? none() : refuse(new Refusal.NoIsolation(request.unit()));
  }

  private Optional<Refusal> notLoaded(UnitName unit) {
    return switch (graph.loadState(unit)) {
      case STUB, LOADED, MERGED -> none();
      case NOT_FOUND -> refuse(new Refusal.NotLoaded(unit, Refusal.Problem.NOT_FOUND));
      case BAD_SETTING -> refuse(new Refusal.NotLoaded(unit, Refusal.Problem.BAD_SETTING));
      case ERROR -> refuse(new Refusal.NotLoaded(unit, Refusal.Problem.UNREADABLE));
      case MASKED -> refuse(new Refusal.NotLoaded(unit, Refusal.Problem.MASKED));
    };
  }

  private static Optional<Refusal> none() {
    return Optional.empty();
  }

  private static Optional<Refusal> refuse(Refusal refusal) {
    return Optional.of(refusal);
  }
}
