package org.usersvc.systemd.face;

import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.unit.Unit;

/** Why units could not be read. */
public final class LoadErrors {
  private LoadErrors() {}

  /** Answers that a unit could not be read. */
  public static void answer(Call call, Unit unit) {
    var error = of(unit);
    call.fail((String) error[0], (String) error[1]);
  }

  /** The name of an error and its text, both empty if the unit was read. */
  static Object[] of(Unit unit) {
    return switch (unit.loadState()) {
      case LOADED, STUB, MERGED -> new Object[] {"", ""};
      case NOT_FOUND -> error("NoSuchUnit", "Unit " + unit.id() + " not found.");
      case MASKED -> error("UnitMasked", "Unit " + unit.id() + " is masked.");
      case BAD_SETTING -> error("BadUnitSetting", unit.origin().error());
      case ERROR -> error("LoadFailed", unit.origin().error());
    };
  }

  private static Object[] error(String name, String text) {
    return new Object[] {BusErrors.PREFIX + name, text};
  }
}
