package org.usersvc.systemd.manage;

import java.util.OptionalInt;
import java.util.function.Consumer;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.job.JobRequest;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.JobMode;

/**
 * What the end of a unit means for the manager.
 *
 * <p>Source: systemd.unit(5), {@code FailureAction=}, {@code SuccessAction=}.
 */
final class EndActions {
  private static final UnitName EXIT = UnitName.of("exit.target");

  private final Consumer<JobRequest> requests;
  private Consumer<OptionalInt> exit = _ -> {};

  /**
   * Units end nothing yet.
   *
   * @param requests takes the requests that follow
   */
  EndActions(Consumer<JobRequest> requests) {
    this.requests = requests;
  }

  /** Ends the daemon, with the exit status if a unit gives one. */
  void onExit(Consumer<OptionalInt> action) {
    exit = action;
  }

  /** A unit that does not restart itself has another active state. */
  void changed(KnownUnit unit, ActiveState from, ActiveState to) {
    var flags = unit.unit().flags();
    if (to == ActiveState.FAILED && from != ActiveState.FAILED) {
      act(flags.failureAction(), unit);
    } else if (to == ActiveState.INACTIVE && !from.isInactiveOrFailed()) {
      act(flags.successAction(), unit);
    }
  }

  private void act(String action, KnownUnit unit) {
    switch (action) {
      case "exit" ->
          requests.accept(JobRequest.own(JobType.START, EXIT, JobMode.REPLACE_IRREVERSIBLY));
      case "exit-force" -> exit.accept(status(unit));
      default -> {} // none
    }
  }

  private static OptionalInt status(KnownUnit unit) {
    return unit.controller() instanceof ServiceController service
        ? service.lastMain().flatMap(ServiceController.Main::status).stream()
            .filter(status -> status.signal() == 0)
            .mapToInt(ExitStatus::code)
            .findFirst()
        : OptionalInt.empty();
  }
}
