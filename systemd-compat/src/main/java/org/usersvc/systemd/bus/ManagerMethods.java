package org.usersvc.systemd.bus;

import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.face.BusErrors;
import org.usersvc.systemd.face.Table;

/** The methods for the manager itself. */
final class ManagerMethods {
  private ManagerMethods() {}

  static void addTo(Table.Builder<Desk> table) {
    table
        .verb("Subscribe", "", "", (_, call) -> call.answer(""))
        .verb("Unsubscribe", "", "", (_, call) -> call.answer(""))
        .verb("Reload", "", "", ManagerMethods::reload)
        .verb(
            "Reexecute",
            "",
            "",
            (_, call) ->
                BusErrors.notSupported(call, "Use \"usersvc reexec\" to execute usersvcd anew."))
        .verb(
            "Dump",
            "",
            "s",
            (_, call) ->
                BusErrors.notSupported(
                    call, "usersvcd has no dump, use \"systemctl --user show\"."));
  }

  private static void reload(Desk desk, Call call) {
    if (desk.isRunning()) {
      desk.manager().reload();
    }
    call.answer("");
  }
}
