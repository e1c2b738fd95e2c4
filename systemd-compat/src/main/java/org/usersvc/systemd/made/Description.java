package org.usersvc.systemd.made;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;
import org.usersvc.systemd.syntax.UnitName;

/**
 * A unit as a caller describes it. Immutable.
 *
 * @param text as a unit file has it
 * @param pids the processes that a scope takes in
 * @param isHeld whether the caller keeps it from being forgotten
 */
public record Description(String text, List<Integer> pids, boolean isHeld) {
  public Description {
    pids = List.copyOf(pids);
  }

  /**
   * The unit that properties describe.
   *
   * @param properties pairs of a name and a {@link Variant}, as {@code a(sv)} has them
   * @param caller the process that asks, which a pid 0 means
   * @throws UnknownSetter if one of them cannot be set so
   */
  public static Description of(UnitName unit, List<?> properties, int caller) throws UnknownSetter {
    var making = new Making(caller);
    for (Object property : properties) {
      var pair = (Object[]) property;
      making.take(unit, (String) pair[0], (Variant<?>) pair[1]);
    }
    return new Description(making.text(), making.pids, making.isHeld);
  }

  private static final class Making {
    private final int caller;
    private final Map<Setting.Section, List<String>> lines = new LinkedHashMap<>();
    private final List<Integer> pids = new ArrayList<>();
    private boolean isHeld;

    Making(int caller) {
      this.caller = caller;
    }

    void take(UnitName unit, String name, Variant<?> value) throws UnknownSetter {
      switch (name) {
        case "PIDs" -> takePids(value);
        case "AddRef" -> isHeld = Boolean.TRUE.equals(value.getValue());
        default -> {
          var setting = Setting.of(name, unit.type());
          lines
              .computeIfAbsent(setting.section(), _ -> new ArrayList<>())
              .addAll(setting.lines(value));
        }
      }
    }

    private void takePids(Variant<?> value) throws UnknownSetter {
      if (!value.getSig().equals("au")) {
        throw UnknownSetter.invalid("PIDs", "it is no list of numbers");
      }
      for (Object pid : (List<?>) value.getValue()) {
        int number = ((Number) pid).intValue();
        pids.add(number == 0 ? caller : number);
      }
    }

    String text() {
      var text = new StringBuilder();
      lines.forEach((section, all) -> {
        text.append(section.header());
        all.forEach(line -> text.append(line).append('\n'));
      });
      return text.toString();
    }
  }
}
