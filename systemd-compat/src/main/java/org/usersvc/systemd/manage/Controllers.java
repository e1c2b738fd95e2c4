package org.usersvc.systemd.manage;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.usersvc.systemd.engine.ControllerFactory;
import org.usersvc.systemd.engine.ForeignUnits;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/** The kinds of controllers, by the types of units, and by the names of some units. */
final class Controllers {
  private final Map<UnitType, ControllerFactory> factories = new EnumMap<>(UnitType.class);
  private final Map<UnitName, ControllerFactory> named = new HashMap<>();
  private final ReportQueue reports;
  private ForeignUnits foreign = ForeignUnits.NONE;

  Controllers(ReportQueue reports) {
    this.reports = reports;
    put(UnitType.TARGET, SimpleController::of);
    put(UnitType.SLICE, SimpleController::of);
  }

  void put(UnitType type, ControllerFactory factory) {
    factories.put(type, factory);
  }

  void foreign(ForeignUnits others) {
    foreign = others;
  }

  void put(UnitName unit, ControllerFactory factory) {
    named.put(unit, factory);
  }

  /** Gives a unit its controller; one of a type without any never starts. */
  void control(KnownUnit unit) {
    var type = unit.unit().type();
    var ofType = factories.getOrDefault(type, UnsupportedController::of);
    ControllerFactory factory =
        unit.isForeign() ? foreign::control : named.getOrDefault(unit.id(), ofType);
    unit.control(factory.make(unit.unit(), reports.of(unit)));
  }
}
