package org.usersvc.systemd.bus;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.LoadErrors;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.face.ScopeTable;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.face.UnitVerbs;
import org.usersvc.systemd.unit.LoadState;

/** The methods for single units. */
final class UnitMethods {
  /** The digits of an id. */
  private static final int INVOCATION_LENGTH = 32;

  private UnitMethods() {}

  static void addTo(Table.Builder<Desk> table) {
    table
        .verb("GetUnit", "s", "o", (desk, call) -> desk.withKnown(call, UnitMethods::path))
        .verb("LoadUnit", "s", "o", UnitMethods::load)
        .verb("GetUnitByPID", "u", "o", UnitMethods::byPid)
        .verb("GetUnitByPIDFD", "h", "osay", UnitMethods::byDescriptor)
        .verb("GetUnitByInvocationID", "ay", "o", UnitMethods::byInvocation)
        .verb(
            "GetUnitByControlGroup",
            "s",
            "o",
            (_, call) ->
                call.fail(
                    BusErrors.NO_SUCH_UNIT,
                    "Control group '" + Desk.text(call, 0) + "' is not managed by this instance"))
        .verb("KillUnit", "ssi", "", (desk, call) -> desk.withKnown(call, UnitMethods::kill))
        .verb(
            "ResetFailedUnit",
            "s",
            "",
            (desk, call) -> desk.withKnown(call, (unit, _) -> reset(desk, unit, call)))
        .verb("ResetFailed", "", "", UnitMethods::resetAll)
        .verb("AbandonScope", "s", "", (desk, call) -> desk.withKnown(call, ScopeTable::abandon));
    addHolds(table);
  }

  private static void addHolds(Table.Builder<Desk> table) {
    table
        .verb("RefUnit", "s", "", UnitMethods::hold)
        .verb(
            "UnrefUnit",
            "s",
            "",
            (desk, call) -> desk.withKnown(call, desk.running().ground().holds()::release))
        .verb(
            "GetUnitProcesses",
            "s",
            "a(sus)",
            (desk, call) -> desk.withKnown(call, desk.running().ground().members()::tell));
  }

  /** A unit that is not known is read first. */
  private static void hold(Desk desk, Call call) {
    var name = Desk.name(call);
    if (name.isPresent()) {
      var unit = desk.manager().load(name.get());
      if (unit.unit().loadState() == LoadState.LOADED) {
        desk.running().ground().holds().holdFor(unit, call);
      } else {
        LoadErrors.answer(call, unit.unit());
      }
    }
  }

  private static void path(UnitRecord unit, Call call) {
    call.answer("o", ObjectPaths.of(unit.unit().id()));
  }

  private static void load(Desk desk, Call call) {
    var name = Desk.name(call);
    if (name.isPresent() && name.get().isTemplate()) {
      BusErrors.invalidName(call, name.get().toString());
    } else if (name.isPresent()) {
      path(desk.manager().load(name.get()), call);
    }
  }

  /** No octets, and those of no id, mean the unit of the caller. */
  private static void byInvocation(Desk desk, Call call) {
    String id = HexFormat.of().formatHex(octets(call.arguments().getFirst()));
    if (id.isEmpty() || id.equals("0".repeat(INVOCATION_LENGTH))) {
      desk.unitOf(0, call, unit -> tell(unit, 0, call));
    } else if (id.length() != INVOCATION_LENGTH) {
      call.fail(StandardErrors.INVALID_ARGS, "Invalid invocation ID");
    } else {
      desk.manager().units().stream()
          .filter(unit -> unit.invocation().equals(id))
          .findFirst()
          .ifPresentOrElse(
              unit -> path(unit, call),
              () ->
                  call.fail(
                      BusErrors.NO_UNIT_FOR_INVOCATION,
                      "No unit with the specified invocation ID " + id + " known."));
    }
  }

  private static byte[] octets(Object argument) {
    if (argument instanceof byte[] octets) {
      return octets;
    }
    var list = (List<?>) argument;
    var octets = new byte[list.size()];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = ((Number) list.get(i)).byteValue();
    }
    return octets;
  }

  private static void byPid(Desk desk, Call call) {
    long pid = ((Number) call.arguments().getFirst()).longValue();
    if (pid > Integer.MAX_VALUE) {
      call.fail(StandardErrors.INVALID_ARGS, "Invalid PID " + pid);
    } else {
      desk.unitOf((int) pid, call, unit -> tell(unit, (int) pid, call));
    }
  }

  private static void byDescriptor(Desk desk, Call call) {
    int pid = new CallDescriptors(desk.files(), call).pid(call.arguments().getFirst());
    if (pid == 0) {
      call.fail(StandardErrors.INVALID_ARGS, "The descriptor is that of no living process.");
    } else {
      desk.unitOf(pid, call, unit -> tellAll(unit, pid, call));
    }
  }

  private static void tellAll(Optional<UnitRecord> unit, int pid, Call call) {
    if (unit.isEmpty()) {
      tell(unit, pid, call);
    } else {
      var found = unit.get();
      var id = found.unit().id();
      byte[] invocation = HexFormat.of().parseHex(found.invocation());
      call.answer("osay", ObjectPaths.of(id), id.toString(), invocation);
    }
  }

  private static void tell(Optional<UnitRecord> unit, int pid, Call call) {
    unit.ifPresentOrElse(
        found -> path(found, call),
        () ->
            call.fail(
                BusErrors.NO_UNIT_FOR_PID, "PID " + pid + " does not belong to any loaded unit."));
  }

  private static void kill(UnitRecord unit, Call call) {
    UnitVerbs.kill(unit, call.arguments().subList(1, 3), call);
  }

  private static void reset(Desk desk, UnitRecord unit, Call call) {
    desk.manager().resetFailed(unit);
    call.answer("");
  }

  private static void resetAll(Desk desk, Call call) {
    if (desk.isRunning()) {
      desk.manager().resetAllFailed();
    }
    call.answer("");
  }
}
