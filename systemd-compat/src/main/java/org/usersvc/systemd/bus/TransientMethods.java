package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.CallerPid;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.engine.Manager.Transient;
import org.usersvc.systemd.engine.ScopeController;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.face.UnitVerbs;
import org.usersvc.systemd.made.Description;
import org.usersvc.systemd.made.UnknownSetter;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.JobMode;

/** Units that callers describe. */
final class TransientMethods {
  private TransientMethods() {}

  static void addTo(Table.Builder<Desk> table) {
    table
        .verb("StartTransientUnit", "ssa(sv)a(sa(sv))", "o", TransientMethods::start)
        .verb(
            "AttachProcessesToUnit",
            "ssau",
            "",
            (desk, call) -> desk.withKnown(call, (unit, _) -> attach(unit, call)));
  }

  private static void start(Desk desk, Call call) {
    var mode = JobMode.ofWord(Desk.text(call, 1));
    var name = Desk.name(call);
    if (name.isEmpty()) {
      return;
    }
    if (mode.isEmpty()) {
      call.fail(StandardErrors.INVALID_ARGS, "Job mode " + Desk.text(call, 1) + " invalid");
    } else if (!isMakeable(name.get())) {
      String type = name.get().type().suffix();
      call.fail(
          StandardErrors.INVALID_ARGS, "Unit type " + type + " does not support transient units.");
    } else {
      CallerPid.of(call, caller -> start(desk, name.get(), mode.get(), caller, call));
    }
  }

  private static boolean isMakeable(UnitName name) {
    return !name.isTemplate()
        && switch (name.type()) {
          case SERVICE, SCOPE, SLICE, TIMER -> true;
          case SOCKET, TARGET, PATH, DEVICE, MOUNT, AUTOMOUNT, SWAP -> false;
        };
  }

  private static void start(Desk desk, UnitName name, JobMode mode, int caller, Call call) {
    try {
      var own = Description.of(name, (List<?>) call.arguments().get(2), caller);
      if (name.type() == UnitType.SCOPE && own.pids().isEmpty()) {
        call.fail(StandardErrors.INVALID_ARGS, "Scope " + name + " has no processes.");
        return;
      }
      var others = others((List<?>) call.arguments().get(3), caller);
      var unit = new Transient(name, own.text());
      UnitVerbs.answer(
          desk.manager().startTransient(unit, others, mode, made -> prepare(desk, made, own, call)),
          call);
    } catch (UnknownSetter reason) {
      String error =
          reason.isReadOnly() ? StandardErrors.PROPERTY_READ_ONLY : StandardErrors.INVALID_ARGS;
      call.fail(error, String.valueOf(reason.getMessage()));
    }
  }

  private static List<Transient> others(List<?> given, int caller) throws UnknownSetter {
    var others = new ArrayList<Transient>();
    for (Object each : given) {
      var pair = (Object[]) each;
      var name = UnitName.parse(pair[0].toString());
      if (name.isPresent()) {
        var description = Description.of(name.get(), (List<?>) pair[1], caller);
        others.add(new Transient(name.get(), description.text()));
      }
    }
    return others;
  }

  private static void prepare(Desk desk, UnitRecord made, Description own, Call call) {
    if (made.controller() instanceof ScopeController scope) {
      scope.attach(own.pids());
    }
    if (own.isHeld()) {
      desk.running().ground().holds().hold(made, call);
    }
  }

  private static void attach(UnitRecord unit, Call call) {
    if (unit.controller() instanceof ScopeController scope
        && unit.state().active().isActiveOrActivating()) {
      var pids = new ArrayList<Integer>();
      ((List<?>) call.arguments().get(2)).forEach(pid -> pids.add(((Number) pid).intValue()));
      scope.attach(pids);
      call.answer("");
    } else {
      BusErrors.notSupported(call, "Processes can only be attached to a running scope.");
    }
  }
}
