package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/** {@code systemctl list-sockets} and {@code list-timers}. */
final class TriggerLists {
  private TriggerLists() {}

  static void addTo(Map<String, Command> commands) {
    commands.put("list-sockets", TriggerLists::sockets);
    commands.put("list-timers", TriggerLists::timers);
  }

  private static List<UnitName> units(Asking asking, UnitType type) throws WrongWords {
    return ListCommands.meant(asking).stream()
        .map(unit -> unit.unit().id())
        .filter(name -> name.type() == type)
        .toList();
  }

  private static void sockets(Asking asking) throws WrongWords {
    var rows = new ArrayList<String[]>();
    for (var name : units(asking, UnitType.SOCKET)) {
      var own = Properties.of(asking, name);
      String activates = String.join(", ", own.texts("Triggers"));
      if (own.value("Listen") instanceof List<?> list) {
        list.forEach(
            each -> rows.add(new String[] {((Object[]) each)[1].toString(), "" + name, activates}));
      }
    }
    rows.sort(Comparator.comparing(row -> row[0]));
    var table = new Columns(false, "LISTEN", "UNIT", "ACTIVATES");
    rows.forEach(row -> table.add("", row));
    show(asking, table, "sockets");
  }

  private static void timers(Asking asking) throws WrongWords {
    var table = new Columns(false, "NEXT", "LEFT", "LAST", "PASSED", "UNIT", "ACTIVATES");
    for (var name : units(asking, UnitType.TIMER)) {
      var own = Properties.of(asking, name);
      table.add(
          "",
          moment(own.number("NextElapseUSecRealtime")),
          "-",
          moment(own.number("LastTriggerUSec")),
          "-",
          name.toString(),
          String.join(", ", own.texts("Triggers")));
    }
    show(asking, table, "timers");
  }

  private static String moment(long micros) {
    return micros <= 0 ? "-" : ShownValue.moment(micros);
  }

  private static void show(Asking asking, Columns table, String what) {
    boolean legend = ListCommands.hasLegend(asking);
    table.show(asking, legend);
    if (legend) {
      asking.out("\n" + table.size() + " " + what + " listed.");
      if (!asking.has("all")) {
        asking.out("Pass --all to see loaded but inactive " + what + ", too.");
      }
    }
    asking.end(0);
  }
}
