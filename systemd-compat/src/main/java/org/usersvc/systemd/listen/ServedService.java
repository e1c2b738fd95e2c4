package org.usersvc.systemd.listen;

import org.usersvc.systemd.engine.Triggering;
import org.usersvc.systemd.engine.UnitState;

/** The service that a socket unit starts. <b>Loop thread only.</b> */
final class ServedService {
  private final SettingsNow settings;
  private final Triggering triggering;
  private final Workplace place;

  ServedService(SettingsNow settings, Triggering triggering, Workplace place) {
    this.settings = settings;
    this.triggering = triggering;
    this.place = place;
  }

  /** Whether it could not be started; one that runs without its sockets would never get them. */
  boolean isImpossible() {
    if (settings.own().acceptsConnections()) {
      return false;
    }
    if (triggering.isImpossible(settings.own().service())) {
      return true;
    }
    var service = place.manager().load(settings.own().service());
    boolean runs = !isWithoutSockets(service.state());
    if (runs) {
      triggering.warn(service.unit().id() + " is active already, without the socket");
    }
    return runs;
  }

  /** Whether a service holds none of the sockets: also one that is about to restart. */
  static boolean isWithoutSockets(UnitState service) {
    return service.active().isInactiveOrFailed() || service.restartsItself();
  }

  /** Starts it unless it is up; false if it cannot be started. */
  boolean start() {
    var service = settings.own().service();
    var found = place.manager().find(service);
    boolean isUp = found.isPresent() && !isWithoutSockets(found.get().state());
    return isUp || triggering.start(service);
  }
}
