package org.usersvc.systemd.bus;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.extension.Departure;
import org.usersvc.daemon.extension.Host;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.engine.Engine;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.SocketDescriptors;
import org.usersvc.systemd.face.Ground;
import org.usersvc.systemd.face.Holds;
import org.usersvc.systemd.face.Members;
import org.usersvc.systemd.face.UnitObjects;
import org.usersvc.systemd.install.Installation;
import org.usersvc.systemd.install.UnitFileState;
import org.usersvc.systemd.load.Loader;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitPath;
import org.usersvc.systemd.machine.MachineFacts;
import org.usersvc.systemd.prepare.Account;
import org.usersvc.systemd.prepare.PathPattern;
import org.usersvc.systemd.prepare.Preparation;
import org.usersvc.systemd.read.SourcesReader;
import org.usersvc.systemd.read.UserSpecifiers;
import org.usersvc.systemd.run.Claims;
import org.usersvc.systemd.run.ScopeRunner;
import org.usersvc.systemd.run.ServiceRunner;
import org.usersvc.systemd.run.Workplace;
import org.usersvc.systemd.syntax.UnitType;

/** Makes all that runs units, when somebody first asks for one. <b>Loop thread only.</b> */
final class Making {
  private final Host host;
  private final Audience audience;
  private final BusOwners owners;
  private final List<News> others = new ArrayList<>();

  Making(Host host, Audience audience, BusOwners owners) {
    this.host = host;
    this.audience = audience;
    this.owners = owners;
  }

  /** Somebody else who hears of units and jobs. */
  void tell(News other) {
    others.add(other);
  }

  Running make() {
    var files = host.mechanisms().files();
    var path = UnitPath.of(variables(), shipped());
    var index = new UnitIndex(files, path, host.mechanisms().turns().clock()::wall);
    var reader =
        new SourcesReader(
            new UserSpecifiers(variables()),
            problem -> host.warn(problem.text()));
    var engine = engine(index, reader);
    var manager = engine.manager();
    var installation = new Installation(files, index, new Loader(files, index), reader);
    var ground =
        new Ground(
            manager,
            manager::related,
            name -> installation.state(name).map(UnitFileState::word).orElse(""),
            new Members(manager, host.mechanisms().census()),
            new Holds(manager));
    var objects = new UnitObjects(ground);
    manager.subscribe(new Signals(audience, objects, host.mechanisms().turns()));
    others.forEach(manager::subscribe);
    host.onStop(new Leaving(manager));
    return new Running(ground, objects, installation, path);
  }
}
