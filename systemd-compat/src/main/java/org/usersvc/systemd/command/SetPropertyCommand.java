package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.List;
import org.freedesktop.dbus.types.Variant;
import org.usersvc.systemd.syntax.UnitName;

/** {@code systemctl set-property}: properties of a unit that is loaded, as drop-ins. */
final class SetPropertyCommand {
  private SetPropertyCommand() {}

  static void run(Asking asking) throws WrongWords {
    var operands = asking.some();
    if (operands.size() == 1) {
      throw new WrongWords("Too few arguments.");
    }
    var name = Asking.name(operands.getFirst());
    var properties = new ArrayList<Object[]>();
    for (String assignment : operands.subList(1, operands.size())) {
      properties.add(property(assignment, name));
    }
    ManagerCommands.simple(
        asking,
        "SetUnitProperties",
        "Failed to set unit properties on " + name + ": ",
        name.toString(),
        asking.has("runtime"),
        List.copyOf(properties));
  }

  /** A pair as {@code (sv)} has it; properties have times in microseconds in their names. */
  private static Object[] property(String assignment, UnitName unit) throws WrongWords {
    String suffix = unit.type().suffix();
    RunText.section(assignment, Character.toUpperCase(suffix.charAt(0)) + suffix.substring(1));
    int equals = assignment.indexOf('=');
    String property = assignment.substring(0, equals).replaceFirst("(?<!U)Sec$", "USec");
    return new Object[] {property, new Variant<>(assignment.substring(equals + 1))};
  }
}
