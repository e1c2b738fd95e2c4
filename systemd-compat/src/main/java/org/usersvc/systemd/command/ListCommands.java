package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.Job;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.LoadState;

/** {@code systemctl list-units} and {@code list-unit-files}. */
final class ListCommands {
  private static final String LEGEND =
      """

      LOAD   = Reflects whether the unit definition was properly loaded.
      ACTIVE = The high-level unit activation state, i.e. generalization of SUB.
      SUB    = The low-level unit activation state, values depend on unit type.\
      """;

  private ListCommands() {}

  static void addTo(Map<String, Command> commands) {
    commands.put("list-units", ListCommands::units);
    commands.put("list-jobs", JobList::run);
    commands.put("list-unit-files", ListCommands::files);
  }

  /** Whether titles and sums are printed. */
  static boolean hasLegend(Asking asking) {
    return !asking.has("no-legend")
        && !asking.line().value("legend", "yes").matches("no|false|0|off");
  }

  /** Whether lists are for programs. */
  static boolean isJson(Asking asking) {
    return asking.line().value("output", "").equals("json");
  }

  /** Prints a table, for programs or for people, who see the sum behind it; then ends. */
  static void finish(Asking asking, Columns table, Runnable sum) {
    if (isJson(asking)) {
      asking.out(table.json());
    } else {
      table.show(asking, hasLegend(asking));
      if (hasLegend(asking)) {
        sum.run();
      }
    }
    asking.end(0);
  }

  private static List<String> states(Asking asking) {
    var states = new ArrayList<>(asking.line().listed("state"));
    if (asking.has("failed")) {
      states.add("failed");
    }
    return states;
  }

  /** The units that are loaded and meant by patterns, types and states. */
  static List<UnitRecord> meant(Asking asking) throws WrongWords {
    var types = asking.line().listed("type");
    var states = states(asking);
    var patterns = asking.line().operands();
    Collection<UnitRecord> all =
        patterns.isEmpty() ? asking.manager().units() : asking.matching(patterns);
    return all.stream()
        .filter(unit -> isOfType(unit.unit().id(), types))
        .filter(unit ->
            states.isEmpty() ? asking.has("all") || isShown(asking, unit) : isIn(unit, states))
        .sorted(
            Comparator.comparing((UnitRecord unit) -> unit.unit().type().suffix())
                .thenComparing(unit -> unit.unit().id().toString()))
        .toList();
  }

  private static boolean isOfType(UnitName name, List<String> types) {
    return types.isEmpty() || types.contains(name.type().suffix());
  }

  private static boolean isIn(UnitRecord unit, List<String> states) {
    return states.contains(unit.unit().loadState().word())
        || states.contains(unit.state().active().word())
        || states.contains(unit.state().sub());
  }

  private static boolean isShown(Asking asking, UnitRecord unit) {
    return unit.state().active() != ActiveState.INACTIVE
        || asking.manager().jobOf(unit.unit().id()).isPresent();
  }

  private static void units(Asking asking) throws WrongWords {
    if (asking.line().listed("type").contains("help")) {
      showTypes(asking);
      return;
    }
    var units = meant(asking);
    boolean anyJob = units.stream().anyMatch(unit -> job(asking, unit).isPresent());
    var titles = new ArrayList<>(List.of("UNIT", "LOAD", "ACTIVE", "SUB"));
    if (anyJob) {
      titles.add("JOB");
    }
    titles.add("DESCRIPTION");
    var table = new Columns(!asking.has("plain"), titles.toArray(String[]::new));
    for (var unit : units) {
      var row = new ArrayList<>(List.of(unit.unit().id().toString()));
      row.add(unit.unit().loadState().word());
      row.add(unit.state().active().word());
      row.add(unit.state().sub());
      if (anyJob) {
        row.add(job(asking, unit).map(job -> job.type().word()).orElse(""));
      }
      row.add(unit.unit().description());
      table.add(mark(unit), row.toArray(String[]::new));
    }
    finish(asking, table, () -> sum(asking, units.size(), anyJob));
  }

  private static void showTypes(Asking asking) {
    if (hasLegend(asking)) {
      asking.out("Available unit types:");
    }
    for (var type : UnitType.values()) {
      asking.out(type.suffix());
    }
    asking.end(0);
  }

  private static String mark(UnitRecord unit) {
    boolean isMissing =
        unit.unit().loadState() != LoadState.LOADED && unit.unit().loadState() != LoadState.MASKED;
    return isMissing || unit.state().active() == ActiveState.FAILED ? "●" : " ";
  }

  private static Optional<Job> job(Asking asking, UnitRecord unit) {
    return asking.manager().jobOf(unit.unit().id());
  }

  private static void sum(Asking asking, int count, boolean anyJob) {
    if (count > 0) {
      asking.out(LEGEND + (anyJob ? "\nJOB    = Pending job for the unit.\n" : ""));
    }
    boolean isFiltered = !states(asking).isEmpty();
    boolean leavesOut = !isFiltered && !asking.has("all");
    asking.out(
        count
            + " loaded units listed."
            + (leavesOut ? " Pass --all to see loaded but inactive units, too." : "")
            + (isFiltered
                ? ""
                : "\nTo show all installed unit files use 'systemctl list-unit-files'."));
  }

  private static void files(Asking asking) {
    var types = asking.line().listed("type");
    asking.call(
        "ListUnitFilesByPatterns",
        reply -> {
          switch (reply) {
            case Link.Reply.Failed(var _, var text) -> {
              asking.err("Failed to list unit files: " + text);
              asking.end(1);
            }
            case Link.Reply.Values(var values) -> files(asking, (List<?>) values.getFirst(), types);
          }
        },
        states(asking),
        asking.line().operands());
  }

  private static void files(Asking asking, List<?> rows, List<String> types) {
    var table = new Columns(false, "UNIT FILE", "STATE", "PRESET");
    var found = new ArrayList<String[]>();
    for (Object each : rows) {
      var row = (Object[]) each;
      String path = row[0].toString();
      found.add(new String[] {path.substring(path.lastIndexOf('/') + 1), row[1].toString()});
    }
    found.sort(Comparator.comparing((String[] row) -> suffix(row[0])).thenComparing(row -> row[0]));
    for (var row : found) {
      if (UnitName.parse(row[0]).filter(name -> isOfType(name, types)).isPresent()) {
        table.add(" ", row[0], row[1], "-");
      }
    }
    finish(asking, table, () -> asking.out("\n" + table.size() + " unit files listed."));
  }

  private static String suffix(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
