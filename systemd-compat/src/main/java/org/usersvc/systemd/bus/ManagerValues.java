package org.usersvc.systemd.bus;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.face.Table;
import org.usersvc.systemd.load.SearchDirectory;
import org.usersvc.systemd.unit.ActiveState;

/** The properties of the manager. */
final class ManagerValues {
  /** The version of systemd whose interface this is. */
  private static final String VERSION = "252 (usersvc)";

  private static final long DEFAULT_TIMEOUT = 90_000_000;
  private static final long DEFAULT_RESTART = 100_000;

  private static final long NANOS = 1000;

  private ManagerValues() {}

  static void addTo(Table.Builder<Desk> table) {
    table
        .value("Version", "s", _ -> VERSION)
        .value("Features", "s", _ -> "")
        .value("Tainted", "s", _ -> "")
        .value("ControlGroup", "s", _ -> "")
        .value("ServiceWatchdogs", "b", _ -> true)
        .value("Progress", "d", _ -> 1.0)
        .value("UserspaceTimestamp", "t", desk -> micros(startup(desk).wall()))
        .value("UserspaceTimestampMonotonic", "t", desk -> startup(desk).nanos() / NANOS)
        .value("SystemState", "s", ManagerValues::systemState)
        .value("NNames", "u", count(manager -> manager.units().size()))
        .value("NFailedUnits", "u", count(ManagerValues::failed))
        .value("NJobs", "u", count(manager -> manager.jobs().size()))
        .value("DefaultTimeoutStartUSec", "t", _ -> DEFAULT_TIMEOUT)
        .value("DefaultTimeoutStopUSec", "t", _ -> DEFAULT_TIMEOUT)
        .value("DefaultTimeoutAbortUSec", "t", _ -> DEFAULT_TIMEOUT)
        .value("DefaultRestartUSec", "t", _ -> DEFAULT_RESTART)
        .value("UnitPath", "as", ManagerValues::unitPath);
  }

  private static Function<Desk, Object> count(ToLongFunction<Manager> counted) {
    return desk -> desk.isRunning() ? counted.applyAsLong(desk.manager()) : 0L;
  }

  private static long failed(Manager manager) {
    return manager.units().stream()
        .filter(unit -> unit.state().active() == ActiveState.FAILED)
        .count();
  }

  private static Stamps.Stamp startup(Desk desk) {
    return desk.running().ground().startup();
  }

  /** In microseconds since 1970. */
  private static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  private static Object systemState(Desk desk) {
    return desk.isRunning() && failed(desk.manager()) > 0 ? "degraded" : "running";
  }

  private static List<String> unitPath(Desk desk) {
    return desk.running().path().directories().stream().map(SearchDirectory::path).toList();
  }
}
