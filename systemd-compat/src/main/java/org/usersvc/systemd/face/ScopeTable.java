package org.usersvc.systemd.face;

import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.engine.ScopeController;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.exec.KillSettings;
import org.usersvc.systemd.unit.ScopeSettings;

/** {@code org.freedesktop.systemd1.Scope}. */
public final class ScopeTable implements Table.Part<Subject> {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Scope")
          .with(new ScopeTable())
          .with(new KillValues(ScopeTable::kill))
          .with(new MemberVerbs())
          .build();

  private ScopeTable() {}

  @Override
  public void declare(Table.Members members) {
    members
        .value("Controller", "s")
        .value("ControlGroup", "s")
        .value("Slice", "s")
        .value("TimeoutStopUSec", "t")
        .value("RuntimeMaxUSec", "t")
        .told("Result", "s")
        .verb("Abandon", "", "")
        .signal("RequestStop", "");
  }

  @Override
  public Object value(Subject subject, String property) {
    var scope = subject.unit().settings() instanceof ScopeSettings settings ? settings : null;
    return switch (property) {
      case "Controller", "ControlGroup" -> "";
      case "Slice" -> subject.slice();
      case "TimeoutStopUSec" ->
          scope == null ? Amounts.INFINITE : Amounts.micros(scope.timeoutStop());
      case "RuntimeMaxUSec" ->
          scope == null ? Amounts.INFINITE : Amounts.micros(scope.runtimeMax());
      case "Result" ->
          subject.record().controller() instanceof ScopeController controller
              ? controller.result()
              : "success";
      default -> throw Table.Part.unknown(property);
    };
  }

  /** Its only method. */
  @Override
  public void perform(Subject subject, Call call) {
    abandon(subject.record(), call);
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
