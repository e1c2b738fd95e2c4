package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.export.Served;
import org.usersvc.systemd.syntax.UnitName;

/** The properties of a unit, or of the manager, as D-Bus has them. */
record Properties(List<Served> interfaces) {
  /** Those of a unit, which is loaded for that. */
  static Properties of(Asking asking, UnitName unit) {
    return new Properties(asking.place().objects().apply(asking.manager().load(unit)));
  }

  /** Null if there is no property of that name. */
  @Nullable Object value(String name) {
    for (var each : interfaces) {
      if (each.type().properties().containsKey(name)) {
        return each.value(name);
      }
    }
    return null;
  }

  /** Empty if there is none. */
  String text(String name) {
    var value = value(name);
    return value == null ? "" : value.toString();
  }

  List<String> texts(String name) {
    var all = new ArrayList<String>();
    if (value(name) instanceof List<?> list) {
      list.forEach(each -> all.add(String.valueOf(each)));
    }
    return all;
  }

  long number(String name) {
    return value(name) instanceof Number number ? number.longValue() : 0;
  }

  boolean isDown() {
    String state = text("ActiveState");
    return state.equals("inactive") || state.equals("failed");
  }
}
