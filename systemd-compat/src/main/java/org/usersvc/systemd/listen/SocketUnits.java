package org.usersvc.systemd.listen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.usersvc.systemd.engine.Controller;
import org.usersvc.systemd.engine.ControllerFactory;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.Reports;
import org.usersvc.systemd.engine.SocketController.Passed;
import org.usersvc.systemd.engine.SocketDescriptors;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.Unit;

/** All socket units. <b>Loop thread only.</b> */
public final class SocketUnits implements ControllerFactory, SocketDescriptors {
  private final Workplace place;
  private final Map<UnitName, SocketRunner> runners = new TreeMap<>();

  /** Begins without any unit, and hears from the manager of services that end. */
  public SocketUnits(Workplace place) {
    this.place = place;
    place.manager().subscribe(new Ends());
  }

  @Override
  public Controller make(Unit unit, Reports reports) {
    var runner = new SocketRunner(unit, reports, place);
    runners.put(unit.id(), runner);
    return runner;
  }

  /** Those of all sockets that name the service, or that it names, by the names of sockets. */
  @Override
  public List<Passed> of(UnitName service) {
    var record = place.manager().find(service);
    var names = record.map(found -> found.unit().names()).orElseGet(() -> Set.of(service));
    var named =
        record
            .map(found -> found.unit().dependencies(Relation.TRIGGERED_BY))
            .orElseGet(() -> Set.of());
    var all = new ArrayList<Passed>();
    runners.forEach((socket, runner) -> {
      var own = runner.service();
      boolean isInstance =
          own.isPresent() && service.isInstance() && service.template().equals(own.get());
      boolean isFor = own.isPresent() && names.contains(own.get());
      if (isInstance || isFor || named.contains(socket)) {
        all.addAll(runner.descriptors(service));
      }
    });
    return List.copyOf(all);
  }

  /** Hears of services that have ended, and of sockets that are forgotten. */
  private final class Ends implements News {
    @Override
    public void unitChanged(UnitRecord unit) {
      if (unit.unit().id().isInstance()) {
        runners.values().forEach(runner -> runner.instanceChanged(unit));
      }
    }

    @Override
    public void unitRemoved(UnitRecord unit) {
      runners.remove(unit.unit().id());
    }
  }
}
