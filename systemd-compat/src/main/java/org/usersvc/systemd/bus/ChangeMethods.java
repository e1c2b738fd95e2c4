package org.usersvc.systemd.bus;

import java.util.function.BiConsumer;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.face.LoadErrors;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.face.UnitChanges;
import org.usersvc.systemd.unit.LoadState;

/** The methods that change units, but for their jobs. */
final class ChangeMethods implements Table.Part<Desk> {
  @Override
  public void declare(Table.Members members) {
    members
        .verb("SetUnitProperties", "sba(sv)", "")
        .verb("CleanUnit", "sas", "")
        .verb("FreezeUnit", "s", "")
        .verb("ThawUnit", "s", "")
        .verb("QueueSignalUnit", "ssii", "");
  }

  @Override
  public void perform(Desk desk, Call call) {
    switch (call.member()) {
      case "SetUnitProperties" -> set(desk, call);
      case "CleanUnit" -> clean(desk, call);
      case "FreezeUnit", "ThawUnit" -> desk.withKnown(call, UnitChanges::refuseFreezing);
      case "QueueSignalUnit" -> desk.withKnown(call, (_, _) -> UnitChanges.queueSignal(call));
      default -> throw Table.Part.unknown(call.member());
    }
  }

  /** Does something to the unit of the first argument, which is read if it is not known. */
  private static void withRead(Desk desk, Call call, BiConsumer<UnitRecord, Call> deed) {
    Desk.name(call).ifPresent(name -> deed.accept(desk.manager().load(name), call));
  }

  private static void set(Desk desk, Call call) {
    withRead(
        desk,
        call,
        (unit, _) -> {
          if (unit.unit().loadState() == LoadState.LOADED) {
            UnitChanges.set(desk.manager(), unit, call.arguments().subList(1, 3), call);
          } else {
            LoadErrors.answer(call, unit.unit());
          }
        });
  }

  private static void clean(Desk desk, Call call) {
    withRead(
        desk,
        call,
        (unit, _) -> UnitChanges.clean(desk.manager(), unit, call.arguments().getLast(), call));
  }
}
