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
final class UnitMethods implements Table.Part<Desk> {
  /** The digits of an id. */
  private static final int INVOCATION_LENGTH = 32;

  @Override
  public void declare(Table.Members members) {
    members
        .verb("GetUnit", "s", "o")
        .verb("LoadUnit", "s", "o")
        .verb("GetUnitByPID", "u", "o")
        .verb("GetUnitByPIDFD", "h", "osay")
        .verb("GetUnitByInvocationID", "ay", "o")
        .verb("GetUnitByControlGroup", "s", "o")
        .verb("KillUnit", "ssi", "")
        .verb("ResetFailedUnit", "s", "")
        .verb("ResetFailed", "", "")
        .verb("AbandonScope", "s", "")
        .verb("RefUnit", "s", "")
        .verb("UnrefUnit", "s", "")
        .verb("GetUnitProcesses", "s", "a(sus)");
  }

  @Override
  public void perform(Desk desk, Call call) {
    switch (call.member()) {
      case "LoadUnit" -> load(desk, call);
      case "GetUnitByPID" -> byPid(desk, call);
      case "GetUnitByPIDFD" -> byDescriptor(desk, call);
      case "GetUnitByInvocationID" -> byInvocation(desk, call);
      case "GetUnitByControlGroup" ->
          call.fail(
              BusErrors.NO_SUCH_UNIT,
              "Control group '" + Desk.text(call, 0) + "' is not managed by this instance");
      case "ResetFailed" -> resetAll(desk, call);
      case "RefUnit" -> hold(desk, call);
      default -> desk.withKnown(call, (unit, _) -> perform(desk, unit, call));
    }
  }

  /** A method for a unit that has to be known. */
  private static void perform(Desk desk, UnitRecord unit, Call call) {
    switch (call.member()) {
      case "GetUnit" -> path(unit, call);
      case "KillUnit" -> UnitVerbs.kill(unit, call.arguments().subList(1, 3), call);
      case "ResetFailedUnit" -> reset(desk, unit, call);
      case "AbandonScope" -> ScopeTable.abandon(unit, call);
      case "UnrefUnit" -> desk.running().ground().holds().release(unit, call);
      case "GetUnitProcesses" -> desk.running().ground().members().tell(unit, call);
      default -> throw Table.Part.unknown(call.member());
    }
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
      desk.withOwn(call, UnitMethods::path);
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
