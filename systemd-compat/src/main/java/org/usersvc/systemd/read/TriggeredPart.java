package org.usersvc.systemd.read;

import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/** The unit that a timer or a path starts. */
final class TriggeredPart implements Part {
  private @Nullable UnitName unit;

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "Unit" -> unit(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void unit(Value value) {
    var units = value.units();
    if (units.size() == 1) {
      unit = units.getFirst();
    } else {
      value.warn("needs the name of a unit");
    }
  }

  /**
   * The unit that is written, else the service of the same name.
   *
   * @param self the timer or path
   */
  UnitName unit(UnitName self) {
    return unit == null || unit.equals(self) ? self.withType(UnitType.SERVICE) : unit;
  }
}
