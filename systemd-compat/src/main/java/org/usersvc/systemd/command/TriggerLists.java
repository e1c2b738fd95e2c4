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
        for (Object each : list) {
          var row = (Object[]) each;
          rows.add(new String[] {row[1].toString(), row[0].toString(), "" + name, activates});
        }
      }
    }
    rows.sort(Comparator.comparing(row -> row[0]));
    boolean typed = asking.has("show-types");
    var table =
        typed
            ? new Columns(false, "LISTEN", "TYPE", "UNIT", "ACTIVATES")
            : new Columns(false, "LISTEN", "UNIT", "ACTIVATES");
    for (var row : rows) {
      table.add("", typed ? row : new String[] {row[0], row[2], row[3]});
    }
    show(asking, table, "sockets");
  }

  private static void timers(Asking asking) throws WrongWords {
    var table = new Columns(false, "NEXT", "LEFT", "LAST", "PASSED", "UNIT", "ACTIVATES");
    for (var name : units(asking, UnitType.TIMER)) {
      var own = Properties.of(asking, name);
      long next = NextElapse.of(own, asking);
      long last = own.number("LastTriggerUSec");
      table.add(
          "",
          moment(next),
          age(asking, next),
          moment(last),
          age(asking, last),
          name.toString(),
          String.join(", ", own.texts("Triggers")));
    }
    show(asking, table, "timers");
  }

  private static String moment(long micros) {
    return micros <= 0 ? "-" : ShownValue.moment(micros);
  }

  private static String age(Asking asking, long micros) {
    return micros <= 0 ? "-" : Age.of(micros, NextElapse.now(asking));
  }

  private static void show(Asking asking, Columns table, String what) {
    ListCommands.finish(asking, table, () -> sum(asking, table.size(), what));
  }

  private static void sum(Asking asking, int count, String what) {
    asking.out("\n" + count + " " + what + " listed.");
    if (!asking.has("all")) {
      asking.out("Pass --all to see loaded but inactive " + what + ", too.");
    }
  }
}
