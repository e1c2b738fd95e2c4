package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.freedesktop.dbus.DBusPath;
import org.usersvc.daemon.model.NamePattern;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.face.JobTable;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.syntax.UnitName;

/** The methods that list units and jobs. */
final class ListMethods implements Table.Part<Desk> {
  private static final String UNITS = "a(ssssssouso)";

  @Override
  public void declare(Table.Members members) {
    members
        .verb("ListUnits", "", UNITS)
        .verb("ListUnitsFiltered", "as", UNITS)
        .verb("ListUnitsByPatterns", "asas", UNITS)
        .verb("ListUnitsByNames", "as", UNITS)
        .verb("ListJobs", "", JobTable.ROWS);
  }

  @Override
  public void perform(Desk desk, Call call) {
    switch (call.member()) {
      case "ListUnits" -> list(desk, call, _ -> true);
      case "ListUnitsFiltered" -> list(desk, call, unit -> isIn(unit, texts(call, 0)));
      case "ListUnitsByPatterns" -> byPatterns(desk, call);
      case "ListUnitsByNames" -> byNames(desk, call);
      case "ListJobs" -> call.answer(JobTable.ROWS, JobTable.rows(desk.manager().jobs()));
      default -> throw Table.Part.unknown(call.member());
    }
  }

  private static List<String> texts(Call call, int index) {
    return EnvironmentMethods.texts(call.arguments().get(index));
  }

  /** Whether one of its states is wanted. */
  private static boolean isIn(UnitRecord unit, List<String> states) {
    return states.isEmpty()
        || states.contains(unit.unit().loadState().word())
        || states.contains(unit.state().active().word())
        || states.contains(unit.state().sub());
  }

  private static void list(Desk desk, Call call, Predicate<UnitRecord> isWanted) {
    answer(desk, call, desk.manager().units().stream().filter(isWanted).toList());
  }

  private static void byPatterns(Desk desk, Call call) {
    var states = texts(call, 0);
    var patterns = texts(call, 1);
    list(
        desk,
        call,
        unit ->
            isIn(unit, states)
                && unit.unit().names().stream()
                    .anyMatch(name -> NamePattern.any(patterns, name.toString())));
  }

  /** Loads those that are not loaded. */
  private static void byNames(Desk desk, Call call) {
    var units = new ArrayList<UnitRecord>();
    for (String text : texts(call, 0)) {
      UnitName.parse(text)
          .filter(name -> !name.isTemplate())
          .ifPresent(name -> units.add(desk.manager().load(name)));
    }
    answer(desk, call, units);
  }

  private static void answer(Desk desk, Call call, Collection<UnitRecord> units) {
    call.answer(UNITS, units.stream().map(unit -> row(desk, unit)).toList());
  }

  private static Object row(Desk desk, UnitRecord unit) {
    var id = unit.unit().id();
    var job = desk.manager().jobOf(id);
    return new Object[] {
      id.toString(),
      unit.unit().description(),
      unit.unit().loadState().word(),
      unit.state().active().word(),
      unit.state().sub(),
      "",
      ObjectPaths.of(id),
      job.map(each -> (long) each.id()).orElse(0L),
      job.map(each -> each.type().word()).orElse(""),
      job.map(each -> ObjectPaths.ofJob(each.id())).orElseGet(() -> new DBusPath("/"))
    };
  }
}
