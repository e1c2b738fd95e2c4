package org.usersvc.systemd.face;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.engine.ServiceController;

/** How a service runs. */
final class RunValues implements Table.Part<Subject> {
  @Override
  public void declare(Table.Members members) {
    members
        .told("MainPID", "u")
        .told("ControlPID", "u")
        .told("StatusText", "s")
        .told("StatusErrno", "i")
        .told("StatusBusError", "s")
        .told("Result", "s")
        .told("NRestarts", "u")
        .told("UID", "u")
        .told("GID", "u")
        .told("ExecMainPID", "u")
        .told("ExecMainCode", "i")
        .told("ExecMainStatus", "i")
        .told("ExecMainStartTimestamp", "t")
        .told("ExecMainStartTimestampMonotonic", "t")
        .told("ExecMainExitTimestamp", "t")
        .told("ExecMainExitTimestampMonotonic", "t")
        .value("NFileDescriptorStore", "u");
  }

  @Override
  public Object value(Subject subject, String property) {
    var controller = subject.record().controller();
    var running = controller instanceof ServiceController service ? service : null;
    return switch (property) {
      case "MainPID" -> running == null ? 0 : running.mainPid();
      case "ControlPID" -> running == null ? 0 : running.controlPid();
      case "StatusText" -> running == null ? "" : running.statusText();
      case "StatusErrno" -> running == null ? 0 : running.statusErrno();
      case "StatusBusError" -> running == null ? "" : running.statusBusError();
      case "Result" -> running == null ? "success" : running.result().word();
      case "NRestarts" -> running == null ? 0 : running.restarts();
      case "UID", "GID" -> Amounts.INFINITE;
      case "NFileDescriptorStore" -> 0;
      default -> main(running == null ? null : running.lastMain().orElse(null), property);
    };
  }

  /** A value of the last main process; 0 before the first. */
  private static Object main(ServiceController.@Nullable Main main, String property) {
    return switch (property) {
      case "ExecMainPID" -> main == null ? 0 : main.pid();
      case "ExecMainCode" -> main == null ? 0 : ExecValues.code(main);
      case "ExecMainStatus" -> main == null ? 0 : ExecValues.status(main);
      case "ExecMainStartTimestamp" -> main == null ? 0L : Amounts.wall(Optional.of(main.began()));
      case "ExecMainStartTimestampMonotonic" ->
          main == null ? 0L : Amounts.monotonic(Optional.of(main.began()));
      case "ExecMainExitTimestamp" -> main == null ? 0L : Amounts.wall(main.ended());
      case "ExecMainExitTimestampMonotonic" -> main == null ? 0L : Amounts.monotonic(main.ended());
      default -> throw Table.Part.unknown(property);
    };
  }
}
