package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.CallerPid;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.engine.Asked;
import org.usersvc.systemd.engine.Manager.Transient;
import org.usersvc.systemd.engine.ScopeController;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.Members;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.face.UnitVerbs;
import org.usersvc.systemd.made.Description;
import org.usersvc.systemd.made.UnknownSetter;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.JobMode;

/** Units that callers describe. */
final class TransientMethods implements Table.Part<Desk> {
  @Override
  public void declare(Table.Members members) {
    members
        .verb("StartTransientUnit", "ssa(sv)a(sa(sv))", "o")
        .verb("AttachProcessesToUnit", "ssau", "");
  }

  @Override
  public void perform(Desk desk, Call call) {
    switch (call.member()) {
      case "StartTransientUnit" -> start(desk, call);
      case "AttachProcessesToUnit" ->
          desk.withKnown(
              call, (unit, _) -> CallerPid.of(call, caller -> attach(desk, unit, caller, call)));
      default -> throw Table.Part.unknown(call.member());
    }
  }

  /** A request whose arguments have been looked at. */
  private record Order(UnitName name, JobMode mode, int caller, Call call) {}

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
      CallerPid.of(call, caller -> start(desk, new Order(name.get(), mode.get(), caller, call)));
    }
  }

  private static boolean isMakeable(UnitName name) {
    return !name.isTemplate()
        && switch (name.type()) {
          case SERVICE, SCOPE, SLICE, TIMER, SOCKET, PATH -> true;
          case TARGET, DEVICE, MOUNT, AUTOMOUNT, SWAP -> false;
        };
  }

  private static void start(Desk desk, Order order) {
    var call = order.call();
    try {
      var own = describe(order.name(), (List<?>) call.arguments().get(2), order.caller());
      var others = others((List<?>) call.arguments().get(3), order.caller());
      var descriptors = new CallDescriptors(desk.files(), call);
      var pids = new ArrayList<>(own.pids());
      own.pidDescriptors().forEach(each -> pids.add(descriptors.pid(each)));
      if (order.name().type() == UnitType.SCOPE && !canHave(pids, desk, call)) {
        return;
      }
      var streams = descriptors.streams(own);
      if (streams.isPresent()) {
        var gift = new Gift(pids, streams.get(), own.isHeld());
        var unit = new Transient(order.name(), own.text());
        UnitVerbs.answer(make(desk, order, unit, others, gift), call);
        descriptors.close(gift.left());
      }
    } catch (UnknownSetter reason) {
      String error =
          reason.isReadOnly() ? StandardErrors.PROPERTY_READ_ONLY : StandardErrors.INVALID_ARGS;
      call.fail(error, String.valueOf(reason.getMessage()));
    }
  }

  /** Whether a scope can have these processes; if not, the call fails. */
  private static boolean canHave(List<Integer> pids, Desk desk, Call call) {
    var members = desk.running().ground().members();
    var gone = pids.stream().filter(pid -> !members.lives(pid)).findFirst();
    if (pids.isEmpty()) {
      call.fail(StandardErrors.INVALID_ARGS, "A scope needs a process in PIDs.");
    } else if (isOfManager(pids, members, call)) {
      return false;
    } else if (gone.isPresent()) {
      call.fail(BusErrors.NO_SUCH_PID, "Process with ID " + gone.get() + " does not exist.");
    } else {
      return true;
    }
    return false;
  }

  private static boolean isOfManager(List<Integer> pids, Members members, Call call) {
    var manager = members.managerAmong(pids);
    manager.ifPresent(pid ->
        call.fail(
            StandardErrors.INVALID_ARGS, "Process " + pid + " is a manager process, refusing."));
    return manager.isPresent();
  }

  private static Asked make(
      Desk desk, Order order, Transient unit, List<Transient> others, Gift gift) {
    var holds = desk.running().ground().holds();
    return desk.manager()
        .startTransient(unit, others, order.mode(), made -> gift.hand(made, holds, order.call()));
  }

  private static List<Transient> others(List<?> given, int caller) throws UnknownSetter {
    var others = new ArrayList<Transient>();
    for (Object each : given) {
      var pair = (Object[]) each;
      var name = UnitName.parse(pair[0].toString());
      if (name.isPresent()) {
        var description = describe(name.get(), (List<?>) pair[1], caller);
        others.add(new Transient(name.get(), description.text()));
      }
    }
    return others;
  }

  private static Description describe(UnitName name, List<?> properties, int caller)
      throws UnknownSetter {
    var described = Description.of(name, properties, caller);
    var problem = MadeCheck.problem(name, described.text());
    if (problem.isPresent()) {
      throw UnknownSetter.invalid(problem.get());
    }
    return described;
  }

  /** A pid 0 is the caller. */
  private static void attach(Desk desk, UnitRecord unit, int caller, Call call) {
    if (unit.controller() instanceof ScopeController scope
        && unit.state().active().isActiveOrActivating()) {
      var pids = new ArrayList<Integer>();
      for (Object each : (List<?>) call.arguments().get(2)) {
        int pid = ((Number) each).intValue();
        pids.add(pid == 0 ? caller : pid);
      }
      if (!isOfManager(pids, desk.running().ground().members(), call)) {
        scope.attach(pids);
        call.answer("");
      }
    } else {
      BusErrors.notSupported(call, "Processes can only be attached to a running scope.");
    }
  }
}
