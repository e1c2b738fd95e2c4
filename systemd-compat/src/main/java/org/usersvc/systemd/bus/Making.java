package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.wire.WireText;
import org.usersvc.systemd.condition.Facts;
import org.usersvc.systemd.condition.Judge;
import org.usersvc.systemd.dbus.Activated;
import org.usersvc.systemd.dbus.BusUnits;
import org.usersvc.systemd.dbus.SessionBuses;
import org.usersvc.systemd.engine.Manager;
import org.usersvc.systemd.engine.News;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.face.Ground;
import org.usersvc.systemd.face.Holds;
import org.usersvc.systemd.face.Members;
import org.usersvc.systemd.face.UnitObjects;
import org.usersvc.systemd.install.Installation;
import org.usersvc.systemd.install.UnitFileState;
import org.usersvc.systemd.load.Loader;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitPath;
import org.usersvc.systemd.load.UnitReader;
import org.usersvc.systemd.machine.MachineFacts;
import org.usersvc.systemd.manage.Engine;
import org.usersvc.systemd.prepare.PathPattern;
import org.usersvc.systemd.read.MachineSpecifiers;
import org.usersvc.systemd.read.SourcesReader;
import org.usersvc.systemd.read.UserSpecifiers;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.run.BusNames;
import org.usersvc.systemd.survival.OwnProcesses;
import org.usersvc.systemd.survival.Survival;
import org.usersvc.systemd.syntax.Problem;
import org.usersvc.systemd.syntax.Specifiers;
import org.usersvc.systemd.view.DirectoryUnits;

/** Makes all that runs units, when a unit is first asked for. <b>Loop thread only.</b> */
final class Making {
  /** The record of when the manager was started. */
  private static final String STARTUP = "units-startup";

  private static final int LONGEST_COMMAND = 4096;

  /** How the daemon calls the program that holds FIFOs. */
  private static final String KEEPER = "./usersvc-keeper ";

  private final Host host;
  private final Audience audience;
  private final BusNames names;
  private final SessionBuses buses;
  private final Ending ending;
  private final Stamps.Stamp begun;
  private final List<News> others = new ArrayList<>();

  Making(Host host, Audience audience, BusNames names, SessionBuses buses, Ending ending) {
    this.host = host;
    this.audience = audience;
    this.names = names;
    this.buses = buses;
    this.ending = ending;
    this.begun = Stamps.Stamp.of(host.mechanisms().turns().clock());
  }

  /** Somebody else who hears of units and jobs. */
  void tell(News other) {
    others.add(other);
  }

  Running make() {
    var files = host.mechanisms().files();
    var path = UnitPath.of(variables(), UnitPath.shipped());
    var index = new UnitIndex(files, path, host.mechanisms().turns().clock()::wall);
    var patterns = new PathPattern(files);
    var facts =
        new MachineFacts(files, host::environment, text -> !patterns.expand(text).isEmpty());
    var reader = BusUnits.reader(new SourcesReader(specifiers(facts), this::warn));
    var engine = engine(index, reader, facts);
    var claims = Runners.addTo(engine, host, names, facts);
    var startup = startup();
    Triggers.addTo(engine, host, facts, startup);
    var activated = new Activated(buses, host.mechanisms());
    engine.onExit(ending::end);
    var manager = engine.manager();
    var turns = host.mechanisms().turns();
    BusUnits.addTo(engine, buses, activated, turns);
    var directories = new DirectoryUnits(host.services(), turns, () -> manager);
    engine.foreign(directories);
    var installation = new Installation(files, index, new Loader(files, index), reader);
    var ground =
        new Ground(
            manager,
            name -> installation.state(name).map(UnitFileState::word).orElse(""),
            members(manager, facts.self()),
            new Holds(manager),
            startup);
    var objects = new UnitObjects(ground);
    var signals = new Signals(audience, objects, turns);
    manager.subscribe(signals);
    others.forEach(manager::subscribe);
    host.onStop(directories);
    host.onStop(activated);
    host.onStop(new Leaving(manager));
    directories.begin();
    var own = new OwnProcesses(files, host.runtime());
    new Survival(engine, host.mechanisms(), index, claims, own, host::warn).begin();
    return new Running(ground, objects, installation, path, signals::filesChanged, directories);
  }

  /** The keeper of this daemon is found by its name. */
  private Members members(Manager manager, int self) {
    var files = host.mechanisms().files();
    return new Members(
        manager,
        host.mechanisms().census(),
        pid -> commandLine(files, pid),
        pid -> pid == 1 || pid == self || commandLine(files, pid).startsWith(KEEPER));
  }

  private static String commandLine(FileSystem files, int pid) {
    try {
      byte[] all = files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/cmdline", LONGEST_COMMAND);
      return WireText.of(String.join(" ", NativeText.decodeEach(all)));
    } catch (FileFault ignored) { // it has gone
      return "";
    }
  }

  private Specifiers.Source specifiers(Facts facts) {
    var user = new UserSpecifiers(variables());
    var machine = new MachineSpecifiers(facts);
    return letter -> user.value(letter).or(() -> machine.value(letter));
  }

  /** When the first of the daemons was started that have followed each other. */
  private Stamps.Stamp startup() {
    var records = host.mechanisms().records();
    String left = records.all().get(STARTUP);
    if (left != null) {
      try {
        return Stamps.Stamp.parse(left);
      } catch (RecordFault fault) {
        host.warn("the record of " + STARTUP + " " + fault.getMessage() + ", ignoring it");
      }
    }
    records.put(STARTUP, begun.text());
    return begun;
  }

  private void warn(Problem problem) {
    host.warn(problem.message());
  }

  private Map<String, String> variables() {
    var variables = new HashMap<>(host.environment().variables());
    variables.put("XDG_RUNTIME_DIR", host.runtime());
    return variables;
  }

  private Engine engine(UnitIndex index, UnitReader reader, Facts facts) {
    var mechanisms = host.mechanisms();
    return new Engine(
        mechanisms.turns(),
        mechanisms.files(),
        index,
        reader,
        new Judge(facts),
        new SplittableRandom());
  }
}
