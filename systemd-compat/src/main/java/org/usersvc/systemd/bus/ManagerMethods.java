package org.usersvc.systemd.bus;

import java.util.OptionalInt;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.face.Table;

/** The methods for the manager itself. */
final class ManagerMethods implements Table.Part<Desk> {
  /** The highest exit status. */
  private static final int MOST = 255;

  @Override
  public void declare(Table.Members members) {
    members
        .verb("Subscribe", "", "")
        .verb("Unsubscribe", "", "")
        .verb("Reload", "", "")
        .verb("Reexecute", "", "")
        .verb("Exit", "", "")
        .verb("SetExitCode", "y", "")
        .value("ExitCode", "y")
        .verb("Dump", "", "s");
  }

  /** Its only property. */
  @Override
  public Object value(Desk desk, String property) {
    return (byte) desk.ending().exitStatus();
  }

  @Override
  public void perform(Desk desk, Call call) {
    switch (call.member()) {
      case "Subscribe", "Unsubscribe" -> call.answer("");
      case "Reload" -> reload(desk, call);
      case "Reexecute" -> desk.ending().replace(call);
      case "Exit" -> exit(desk, call);
      case "SetExitCode" -> setExitCode(desk, call);
      case "Dump" -> call.answer("s", Dump.of(desk.manager()));
      default -> throw Table.Part.unknown(call.member());
    }
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
      desk.manager().reload(() -> call.answer(""));
    } else {
      call.answer("");
    }
  }
}
