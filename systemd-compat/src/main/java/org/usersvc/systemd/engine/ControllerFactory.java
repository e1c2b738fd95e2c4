package org.usersvc.systemd.engine;

import org.usersvc.systemd.unit.Unit;

/** Makes controllers for units of one type. */
@FunctionalInterface
public interface ControllerFactory {
  /**
   * Makes the controller of a unit.
   *
   * @param unit perhaps not LOADED, and then without settings
   * @param reports is notified of everything from now on
   */
  Controller make(Unit unit, Reports reports);
}
