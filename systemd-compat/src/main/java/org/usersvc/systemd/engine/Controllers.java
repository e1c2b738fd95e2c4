package org.usersvc.systemd.engine;

import java.util.EnumMap;
import java.util.Map;
import org.usersvc.systemd.syntax.UnitType;

/** The kinds of controllers, by the types of units. */
final class Controllers {
  private final Map<UnitType, ControllerFactory> factories = new EnumMap<>(UnitType.class);
  private final ReportQueue reports;

  Controllers(ReportQueue reports) {
    this.reports = reports;
    put(UnitType.TARGET, SimpleController::of);
    put(UnitType.SLICE, SimpleController::of);
  }

  void put(UnitType type, ControllerFactory factory) {
    factories.put(type, factory);
  }

  /** Gives a unit its controller; one of a type without any never starts. */
  void control(KnownUnit unit) {
    var factory = factories.getOrDefault(unit.unit().type(), UnsupportedController::of);
    unit.control(factory.make(unit.unit(), reports.of(unit)));
  }
}
