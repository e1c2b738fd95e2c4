package org.usersvc.systemd.bus;

import org.usersvc.daemon.extension.Host;
import org.usersvc.systemd.engine.SocketDescriptors;
import org.usersvc.systemd.listen.SocketUnits;
import org.usersvc.systemd.machine.MachineFacts;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.prepare.Account;
import org.usersvc.systemd.prepare.Preparation;
import org.usersvc.systemd.run.BusNames;
import org.usersvc.systemd.run.Claims;
import org.usersvc.systemd.run.Monitored;
import org.usersvc.systemd.run.Quiet;
import org.usersvc.systemd.run.ScopeRunner;
import org.usersvc.systemd.run.ServiceRunner;
import org.usersvc.systemd.run.SocketCommands;
import org.usersvc.systemd.run.Workplace;
import org.usersvc.systemd.syntax.UnitType;

/** Which types of units run here. */
final class Runners {
  private Runners() {}

  /**
   * Lets services, scopes and sockets run.
   *
   * @param facts about the daemon and its user
   * @return which processes scopes have taken in
   */
  static Claims addTo(Engine engine, Host host, BusNames names, MachineFacts facts) {
    var mechanisms = host.mechanisms();
    var claims = new Claims();
    var account = Account.of(host.environment());
    var bare =
        new Workplace(
            mechanisms,
            new Preparation(mechanisms.files(), account, host::environment, host.runtime(), facts),
            names,
            SocketDescriptors.NONE,
            claims,
            new Monitored(engine.manager()),
            new Quiet(engine.manager(), mechanisms.turns()),
            facts.self(),
            host::warn);
    var sockets =
        new SocketUnits(
            new org.usersvc.systemd.listen.Workplace(
                mechanisms,
                engine.manager(),
                (unit, told) -> new SocketCommands(unit.id(), bare, told),
                host::warn));
    var place = bare.passing(sockets);
    engine.control(UnitType.SOCKET, sockets);
    engine.control(UnitType.SERVICE, (unit, reports) -> new ServiceRunner(place, unit, reports));
    engine.control(UnitType.SCOPE, (unit, reports) -> new ScopeRunner(place, unit, reports));
    return claims;
  }
}
