package org.usersvc.systemd.bus;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.load.SearchDirectory;
import org.usersvc.systemd.unit.ActiveState;

/** The properties of the manager. */
final class ManagerValues implements Table.Part<Desk> {
  /** The version of systemd whose interface this is. */
  private static final String VERSION = "252 (usersvc)";

  private static final long NANOS = 1000;

  @Override
  public void declare(Table.Members members) {
    members
        .value("Version", "s")
        .value("Features", "s")
        .value("Tainted", "s")
        .value("ControlGroup", "s")
        .value("ServiceWatchdogs", "b")
        .value("Progress", "d")
        .value("UserspaceTimestamp", "t")
        .value("UserspaceTimestampMonotonic", "t")
        .value("SystemState", "s")
        .value("NNames", "u")
        .value("NFailedUnits", "u")
        .value("NJobs", "u")
        .value("UnitPath", "as");
  }

  @Override
  public Object value(Desk desk, String property) {
    return switch (property) {
      case "Version" -> VERSION;
      case "Features", "Tainted", "ControlGroup" -> "";
      case "ServiceWatchdogs" -> true;
      case "Progress" -> 1.0;
      case "UserspaceTimestamp" -> micros(startup(desk).wall());
      case "UserspaceTimestampMonotonic" -> startup(desk).nanos() / NANOS;
      case "SystemState" -> failed(desk) > 0 ? "degraded" : "running";
      case "NNames" -> desk.isRunning() ? (long) desk.manager().units().size() : 0L;
      case "NFailedUnits" -> failed(desk);
      case "NJobs" -> desk.isRunning() ? (long) desk.manager().jobs().size() : 0L;
      case "UnitPath" -> unitPath(desk);
      default -> throw Table.Part.unknown(property);
    };
  }

  private static long failed(Desk desk) {
    return desk.isRunning()
        ? desk.manager().units().stream()
            .filter(unit -> unit.state().active() == ActiveState.FAILED)
            .count()
        : 0;
  }

  private static Stamps.Stamp startup(Desk desk) {
    return desk.running().ground().startup();
  }

  /** In microseconds since 1970. */
  private static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  private static List<String> unitPath(Desk desk) {
    return desk.running().path().directories().stream().map(SearchDirectory::path).toList();
  }
}
