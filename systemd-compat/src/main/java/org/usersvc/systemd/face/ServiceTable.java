package org.usersvc.systemd.face;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.usersvc.systemd.engine.ServiceController;
import org.usersvc.systemd.engine.ServiceController.Main;
import org.usersvc.systemd.engine.Stamps.Stamp;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.ExecStep;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.unit.ServiceSettings;
import org.usersvc.systemd.unit.Settings;
import org.usersvc.systemd.unit.Spelling;

/** {@code org.freedesktop.systemd1.Service}. */
final class ServiceTable {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Service")
          .with(ServiceTable::kind)
          .with(ServiceTable::timeouts)
          .with(ServiceTable::processes)
          .with(ServiceTable::commands)
          .with(ExecValues.exec(ServiceTable::exec))
          .with(ExecValues.kill(ServiceTable::kill))
          .build();

  private ServiceTable() {}

  private static Optional<Settings.Service> settings(Subject subject) {
    return subject.unit().settings() instanceof Settings.Service service
        ? Optional.of(service)
        : Optional.empty();
  }

  private static ExecSettings exec(Subject subject) {
    return settings(subject).map(Settings.Service::exec).orElse(ExecSettings.DEFAULT);
  }

  private static KillSettings kill(Subject subject) {
    return settings(subject).map(Settings.Service::kill).orElse(KillSettings.DEFAULT);
  }

  /** A value of the settings; another one for a unit without settings. */
  private static Function<Subject, Object> own(
      Object otherwise, Function<ServiceSettings, Object> value) {
    return Subject.settings(
        Settings.Service.class, otherwise, service -> value.apply(service.own()));
  }

  private static Function<Subject, Object> running(
      Object otherwise, Function<ServiceController, Object> value) {
    return Subject.controller(ServiceController.class, otherwise, value);
  }

  private static Function<Subject, Object> main(Object otherwise, Function<Main, Object> value) {
    return running(otherwise, service -> service.lastMain().map(value).orElse(otherwise));
  }

  private static void kind(Table.Builder<Subject> table) {
    table
        .value("Type", "s", own("simple", own -> Spelling.of(own.type())))
        .value("ExitType", "s", own("main", own -> Spelling.of(own.main().exitType())))
        .value("Restart", "s", own("no", own -> Spelling.of(own.restart().when())))
        .value("RestartMode", "s", own("normal", own -> Spelling.of(own.restart().mode())))
        .value("PIDFile", "s", own("", own -> Optional.ofNullable(own.main().pidFile()).orElse("")))
        .value("NotifyAccess", "s", own("none", own -> Spelling.of(own.messages().access())))
        .value("RemainAfterExit", "b", own(false, own -> own.main().remainAfterExit()))
        .value("GuessMainPID", "b", own(true, own -> own.main().guessMainPid()))
        .value("BusName", "s", own("", own -> Optional.ofNullable(own.main().busName()).orElse("")))
        .value("ReloadSignal", "i", own(1, own -> own.messages().reloadSignal().number()))
        .value("FileDescriptorStoreMax", "u", own(0, own -> own.messages().storedDescriptors()))
        .value("OOMPolicy", "s", _ -> "continue")
        .value("Slice", "s", Subject::slice)
        .value("ControlGroup", "s", _ -> "");
  }

  private static void timeouts(Table.Builder<Subject> table) {
    table
        .value("RestartUSec", "t", own(0L, own -> Amounts.micros(own.restart().delay())))
        .value("TimeoutStartUSec", "t", own(0L, own -> Amounts.micros(own.timeouts().start())))
        .value("TimeoutStopUSec", "t", own(0L, own -> Amounts.micros(own.timeouts().stop())))
        .value("TimeoutAbortUSec", "t", own(0L, own -> Amounts.micros(own.timeouts().abort())))
        .value("RuntimeMaxUSec", "t", own(-1L, own -> Amounts.micros(own.timeouts().runtime())))
        .value(
            "WatchdogUSec", "t", own(0L, own -> Amounts.microsOrNone(own.timeouts().watchdog())));
  }

  private static void processes(Table.Builder<Subject> table) {
    table
        .told("MainPID", "u", running(0, ServiceController::mainPid))
        .told("ControlPID", "u", running(0, ServiceController::controlPid))
        .told("StatusText", "s", running("", ServiceController::statusText))
        .told("StatusErrno", "i", running(0, ServiceController::statusErrno))
        .told("StatusBusError", "s", running("", ServiceController::statusBusError))
        .told("Result", "s", running("success", service -> service.result().word()))
        .told("NRestarts", "u", running(0, ServiceController::restarts))
        .told("UID", "u", _ -> Amounts.INFINITE)
        .told("GID", "u", _ -> Amounts.INFINITE)
        .told("ExecMainPID", "u", main(0, Main::pid))
        .told("ExecMainCode", "i", main(0, ExecValues::code))
        .told("ExecMainStatus", "i", main(0, ExecValues::status))
        .told("ExecMainStartTimestamp", "t", main(0L, began(Amounts::wall)))
        .told("ExecMainStartTimestampMonotonic", "t", main(0L, began(Amounts::monotonic)))
        .told("ExecMainExitTimestamp", "t", main(0L, main -> Amounts.wall(main.ended())))
        .told(
            "ExecMainExitTimestampMonotonic",
            "t",
            main(0L, main -> Amounts.monotonic(main.ended())))
        .value("NFileDescriptorStore", "u", _ -> 0)
        .with(UnitVerbs::addProcesses);
  }

  private static Function<Main, Object> began(Function<Optional<Stamp>, Long> clock) {
    return main -> clock.apply(Optional.of(main.began()));
  }

  private static void commands(Table.Builder<Subject> table) {
    for (var step : ExecStep.values()) {
      if (step != ExecStep.STOP_PRE && step != ExecStep.RELOAD_POST) {
        table.value(step.directive(), "a(sasbttttuii)", subject -> commands(subject, step));
      }
    }
  }

  private static Object commands(Subject subject, ExecStep step) {
    var lines = settings(subject).map(s -> s.own().commands().of(step)).orElse(List.of());
    if (step == ExecStep.START
        && lines.size() == 1
        && subject.record().controller() instanceof ServiceController service
        && service.lastMain().isPresent()) {
      return ExecValues.ran(lines.getFirst(), service.lastMain().get());
    }
    return ExecValues.commands(lines);
  }
}
