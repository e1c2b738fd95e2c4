package org.usersvc.systemd.bus;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.usersvc.daemon.export.Interface;
import org.usersvc.daemon.export.Served;
import org.usersvc.daemon.wire.Call;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The manager, whose table is made at its first call. Calls are carried out in their order, each
 * when the units are read that it loads. <b>Loop thread only.</b>
 */
final class LateObject implements Served {
  /** The methods that load the unit of their first argument. */
  private static final Set<String> LOADING =
      Set.of(
          "StartUnit",
          "StartUnitWithFlags",
          "StopUnit",
          "ReloadUnit",
          "RestartUnit",
          "TryRestartUnit",
          "ReloadOrRestartUnit",
          "ReloadOrTryRestartUnit",
          "EnqueueUnitJob",
          "LoadUnit",
          "RefUnit",
          "SetUnitProperties");

  private final Desk desk;

  LateObject(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Interface type() {
    return ManagerTable.TABLE.type();
  }

  @Override
  public void call(Call call) {
    desk.whenRead(named(call), () -> ManagerTable.TABLE.of(desk).call(call));
  }

  /** The units that a call loads. */
  private static List<UnitName> named(Call call) {
    if (LOADING.contains(call.member())) {
      return UnitName.parse((String) call.arguments().getFirst())
          .filter(name -> !name.isTemplate())
          .map(List::of)
          .orElse(List.of());
    }
    return call.member().equals("ListUnitsByNames") ? all(call.arguments().getFirst()) : List.of();
  }

  private static List<UnitName> all(Object names) {
    return EnvironmentMethods.texts(names).stream()
        .map(UnitName::parse)
        .flatMap(Optional::stream)
        .filter(name -> !name.isTemplate())
        .toList();
  }

  @Override
  public void set(String property, Object value, Call call) {
    ManagerTable.TABLE.of(desk).set(property, value, call);
  }

  @Override
  public Object value(String property) {
    return ManagerTable.TABLE.of(desk).value(property);
  }
}
