package org.usersvc.systemd.dbus;

import org.usersvc.daemon.extension.Turns;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.job.JobType;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.Settings;

/**
 * The services that have a name on the bus. A bus that ends takes their names from them, and so
 * they end; a stop of {@code dbus.service} leaves the bus, so they have to be stopped with it.
 * <b>Loop thread only.</b>
 */
final class NamedServices {
  private final Manager manager;
  private final Turns turns;

  NamedServices(Manager manager, Turns turns) {
    this.manager = manager;
    this.turns = turns;
  }

  /** Asks for the stop of all that run, soon. */
  void stop() {
    turns.soon(() -> {
      for (var unit : manager.units()) {
        if (isNamed(unit) && !unit.state().active().isInactiveOrFailed()) {
          manager.ask(JobType.STOP, unit.unit().id(), JobMode.REPLACE);
        }
      }
    });
  }

  private static boolean isNamed(UnitRecord unit) {
    return unit.unit().settings() instanceof Settings.Service service
        && service.own().main().busName() != null
        && !BusUnits.isBus(unit.unit().id());
  }
}
