package org.usersvc.systemd.bus;

import java.util.SplittableRandom;
import org.usersvc.daemon.extension.Host;
import org.usersvc.systemd.elapse.TimerUnits;
import org.usersvc.systemd.elapse.Workplace;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.machine.MachineFacts;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.observe.PathRunner;
import org.usersvc.systemd.prepare.PathPattern;
import org.usersvc.systemd.syntax.UnitType;

/** The types of units that only start others. */
final class Triggers {
  private Triggers() {}

  /**
   * Lets timers and path units run.
   *
   * @param startup when the manager was started
   */
  static void addTo(Engine engine, Host host, MachineFacts facts, Stamps.Stamp startup) {
    engine.control(
        UnitType.TIMER,
        new TimerUnits(
            new Workplace(
                host.mechanisms(),
                engine.manager(),
                host::environment,
                startup,
                new SplittableRandom(),
                host::warn),
            facts.machineId().orElse("") + " " + facts.uid()));
    var patterns = new PathPattern(host.mechanisms().files());
    var place =
        new org.usersvc.systemd.observe.Workplace(
            host.mechanisms(),
            engine.manager(),
            text -> !patterns.expand(text).isEmpty(),
            host::warn);
    engine.control(UnitType.PATH, (unit, reports) -> new PathRunner(unit, reports, place));
  }
}
