package org.usersvc.systemd.bus;

import java.util.OptionalInt;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.face.Table;

/** The methods for the manager itself. */
final class ManagerMethods {
  /** The highest exit status. */
  private static final int MOST = 255;

  private ManagerMethods() {}

  static void addTo(Table.Builder<Desk> table) {
    table
        .verb("Subscribe", "", "", (_, call) -> call.answer(""))
        .verb("Unsubscribe", "", "", (_, call) -> call.answer(""))
        .verb("Reload", "", "", ManagerMethods::reload)
        .verb("Reexecute", "", "", (desk, call) -> desk.ending().replace(call))
        .verb("Exit", "", "", ManagerMethods::exit)
        .verb("SetExitCode", "y", "", ManagerMethods::setExitCode)
        .value("ExitCode", "y", desk -> (byte) desk.ending().exitStatus())
        .verb("Dump", "", "s", (desk, call) -> call.answer("s", Dump.of(desk.manager())));
  }

  private static void exit(Desk desk, Call call) {
    desk.ending().end(OptionalInt.empty());
    call.answer("");
  }

  private static void setExitCode(Desk desk, Call call) {
    desk.ending().exitWith(((Number) call.arguments().getFirst()).intValue() & MOST);
    call.answer("");
  }

  private static void reload(Desk desk, Call call) {
    if (desk.isRunning()) {
      desk.manager().reload();
    }
    call.answer("");
  }
}
