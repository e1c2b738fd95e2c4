package org.usersvc.systemd.engine;

import java.util.EnumMap;
import java.util.Map;
import org.usersvc.systemd.syntax.UnitType;

/** The kinds of controllers, by the types of units. */
final class Controllers {
  private final Map<UnitType, ControllerFactory> factories = new EnumMap<>(UnitType.class);
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

  /** Gives a unit its controller; one of a type without any never starts. */
  void control(KnownUnit unit) {
    var type = unit.unit().type();
    ControllerFactory factory =
        unit.isForeign()
            ? foreign::control
            : factories.getOrDefault(type, UnsupportedController::of);
    unit.control(factory.make(unit.unit(), reports.of(unit)));
  }
}
