package org.usersvc.systemd.made;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;
import org.usersvc.systemd.syntax.UnitType;

/** The properties that callers can set of a unit that is loaded already. */
public final class LiveSettings {
  private LiveSettings() {}

  /**
   * The text of a drop-in for each property. What needs control groups has none, as a file would
   * say it in vain.
   *
   * @param properties pairs of a name and a {@link Variant}, as {@code a(sv)} has them
   * @throws UnknownSetter if one of them cannot be set so
   */
  public static Map<String, String> texts(List<?> properties) throws UnknownSetter {
    var texts = new LinkedHashMap<String, String>();
    for (Object property : properties) {
      var pair = (Object[]) property;
      var setting = setting((String) pair[0]);
      var lines = setting.lines((Variant<?>) pair[1]);
      if (!lines.isEmpty()) {
        texts.put(setting.name(), setting.section().header() + String.join("\n", lines) + "\n");
      }
    }
    return texts;
  }

  private static Setting setting(String name) throws UnknownSetter {
    var setting = Setting.of(name, UnitType.SERVICE);
    if (!name.equals("Description") && setting.shape() != Shape.VAIN) {
      throw UnknownSetter.readOnly(name);
    }
    return setting;
  }
}
