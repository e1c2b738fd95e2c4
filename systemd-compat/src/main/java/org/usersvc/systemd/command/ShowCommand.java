package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.syntax.UnitName;

/** {@code systemctl show}: properties of units, or of the manager. */
final class ShowCommand {
  private ShowCommand() {}

  static void run(Asking asking) throws WrongWords {
    var words = asking.line().operands();
    if (words.isEmpty()) {
      show(asking, new Properties(List.of(asking.place().object())));
    }
    boolean first = true;
    for (var name : names(asking, words)) {
      if (!first) {
        asking.out("");
      }
      first = false;
      show(asking, Properties.of(asking, name));
    }
    asking.end(0);
  }

  private static Set<UnitName> names(Asking asking, List<String> words) throws WrongWords {
    var names = new LinkedHashSet<UnitName>();
    for (String word : words) {
      if (word.equals("*")) {
        asking.manager().units().stream().map(UnitRecord::unit).forEach(u -> names.add(u.id()));
      } else {
        names.addAll(asking.names(List.of(word)));
      }
    }
    return names;
  }

  private static List<String> wanted(Asking asking) {
    var wanted = new ArrayList<>(asking.line().listed("property"));
    wanted.addAll(asking.line().listed("P"));
    return wanted;
  }

  private static void show(Asking asking, Properties properties) {
    var wanted = wanted(asking);
    boolean isBare = asking.has("value") || asking.has("P");
    for (var each : properties.interfaces()) {
      each.type()
          .properties()
          .forEach((name, declared) -> {
            if (wanted.isEmpty() || wanted.contains(name)) {
              var values = ShownValue.of(name, declared.signature(), each.value(name));
              if (values != null) {
                boolean showsEmpty = asking.has("all") || !wanted.isEmpty();
                show(asking, name, values, showsEmpty, isBare);
              }
            }
          });
    }
  }

  private static void show(
      Asking asking, String name, List<String> values, boolean showsEmpty, boolean isBare) {
    String before = isBare ? "" : name + "=";
    if (values.isEmpty() && showsEmpty) {
      asking.out(before);
    }
    values.forEach(value -> asking.out(before + value));
  }
}
