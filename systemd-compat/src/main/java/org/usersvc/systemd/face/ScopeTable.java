package org.usersvc.systemd.face;

import java.util.function.Function;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.engine.ScopeController;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.unit.ScopeSettings;

/** {@code org.freedesktop.systemd1.Scope}. */
public final class ScopeTable {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Scope")
          .value("Controller", "s", _ -> "")
          .value("ControlGroup", "s", _ -> "")
          .value("Slice", "s", Subject::slice)
          .value("TimeoutStopUSec", "t", scope(scope -> Amounts.micros(scope.timeoutStop())))
          .value("RuntimeMaxUSec", "t", scope(scope -> Amounts.micros(scope.runtimeMax())))
          .told(
              "Result",
              "s",
              Subject.controller(ScopeController.class, "success", ScopeController::result))
          .with(ExecValues.kill(ScopeTable::kill))
          .with(UnitVerbs::addProcesses)
          .verb("Abandon", "", "", (subject, call) -> abandon(subject.record(), call))
          .signal("RequestStop", "")
          .build();

  private ScopeTable() {}

  private static Function<Subject, Object> scope(Function<ScopeSettings, Object> value) {
    return Subject.settings(ScopeSettings.class, Amounts.INFINITE, value);
  }

  private static KillSettings kill(Subject subject) {
    return subject.unit().settings() instanceof ScopeSettings scope
        ? scope.kill()
        : KillSettings.DEFAULT;
  }

  /** Leaves the processes of a scope alone, and answers. */
  public static void abandon(UnitRecord unit, Call call) {
    if (!(unit.controller() instanceof ScopeController scope)) {
      String text = "Unit '" + unit.unit().id() + "' is not a scope unit, refusing.";
      call.fail(StandardErrors.INVALID_ARGS, text);
    } else if (unit.state().active().isActive()) {
      scope.abandon();
      call.answer("");
    } else {
      call.fail(
          BusErrors.SCOPE_NOT_RUNNING,
          "Scope " + unit.unit().id() + " is not running, cannot abandon.");
    }
  }
}
