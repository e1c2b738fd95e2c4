package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.Relation;

/** {@code systemctl list-dependencies}. */
final class TreeCommand {
  private static final List<Relation> NEEDS =
      List.of(
          Relation.REQUIRES,
          Relation.REQUISITE,
          Relation.WANTS,
          Relation.CONSISTS_OF,
          Relation.BINDS_TO,
          Relation.UPHOLDS);
  private static final List<Relation> NEEDED =
      List.of(
          Relation.REQUIRED_BY,
          Relation.REQUISITE_OF,
          Relation.WANTED_BY,
          Relation.PART_OF,
          Relation.BOUND_BY,
          Relation.UPHELD_BY);

  private static final Comparator<UnitName> TARGETS_LAST =
      Comparator.comparing((UnitName name) -> name.type() == UnitType.TARGET)
          .thenComparing(UnitName::toString, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(UnitName::toString);

  private final Asking asking;
  private final List<Relation> relations;
  private final List<UnitName> path = new ArrayList<>();

  private TreeCommand(Asking asking) {
    this.asking = asking;
    boolean reverse = asking.has("reverse");
    this.relations =
        asking.has("after")
            ? List.of(reverse ? Relation.BEFORE : Relation.AFTER)
            : asking.has("before")
                ? List.of(reverse ? Relation.AFTER : Relation.BEFORE)
                : reverse ? NEEDED : NEEDS;
  }

  static void run(Asking asking) throws WrongWords {
    var words = asking.line().operands();
    var names = asking.names(words.isEmpty() ? List.of("default.target") : words);
    for (var name : names) {
      asking.manager().load(name);
      asking.out(name.toString());
      new TreeCommand(asking).below(name, "");
    }
    asking.end(0);
  }

  private void below(UnitName unit, String indent) {
    path.add(unit);
    var others = new TreeSet<UnitName>(TARGETS_LAST);
    relations.forEach(relation ->
        asking.manager().related(unit, relation).stream()
            .filter(other -> !path.contains(other))
            .forEach(others::add));
    int left = others.size();
    for (var other : others) {
      left--;
      boolean isLast = left == 0;
      boolean isPlain = asking.has("plain");
      String branch = isPlain ? "  ".repeat(path.size()) : indent + (isLast ? "└─" : "├─");
      asking.out((isPlain ? "" : mark(other) + " ") + branch + other);
      if (asking.has("all") || other.type() == UnitType.TARGET) {
        below(other, indent + (isLast ? "  " : "│ "));
      }
    }
    path.removeLast();
  }

  private String mark(UnitName unit) {
    var state = asking.manager().load(unit).state().active();
    return state == ActiveState.INACTIVE ? "○" : state == ActiveState.FAILED ? "×" : "●";
  }
}
