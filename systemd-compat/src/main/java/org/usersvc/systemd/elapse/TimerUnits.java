package org.usersvc.systemd.elapse;

import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.ControllerFactory;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.unit.Unit;

/** All timer units. <b>Loop thread only.</b> */
public final class TimerUnits implements ControllerFactory {
  private final Workplace place;
  private final LocalZone zone;
  private final Chance chance;
  private final Wakeups wakeups;

  /**
   * Begins without any unit.
   *
   * @param user a text that no other user on this or another machine has
   */
  public TimerUnits(Workplace place, String user) {
    this.place = place;
    zone = new LocalZone(place);
    chance = new Chance(place, user);
    wakeups = new Wakeups(place.mechanisms().turns());
  }

  @Override
  public Controller make(Unit unit, Reports reports) {
    return new TimerRunner(unit, reports, place, zone, chance, wakeups);
  }
}
