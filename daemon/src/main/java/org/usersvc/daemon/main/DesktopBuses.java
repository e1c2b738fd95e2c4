package org.usersvc.daemon.main;

import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.bus.BusEnvironment;
import org.usersvc.daemon.bus.BusIdentity;
import org.usersvc.daemon.bus.Buses;
import org.usersvc.daemon.bus.CallerEnvironment;
import org.usersvc.daemon.bus.EnvironmentDownload;
import org.usersvc.daemon.bus.ExtensionHost;
import org.usersvc.daemon.bus.Publisher;
import org.usersvc.daemon.bus.SessionChanges;
import org.usersvc.daemon.bus.SessionVerbs;
import org.usersvc.daemon.bus.UsersvcObjects;
import org.usersvc.daemon.export.Exporter;
import org.usersvc.daemon.export.MachineId;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.extension.Extension;
import org.usersvc.daemon.extension.Mechanisms;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.daemon.extension.Whole;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.mechanism.Departures;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.PathWatch;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.wire.SignalTargets;
import org.usersvc.daemon.wire.Transport;

/** Puts the parts of D-Bus together, and the extensions that use them. */
final class DesktopBuses {
  /** The system property that is false for a daemon without extensions, as bench-units has it. */
  private static final String EXTENSIONS = "usersvc.extensions";

  private final Platform platform;
  private final Supervisor supervisor;
  private final Buses buses;
  private final ExtensionHost host;
  private @Nullable PathWatch bus;

  /**
   * What only extensions use.
   *
   * @param mechanisms makes them
   */
  record Extras(Supplier<Mechanisms> mechanisms, Departures departures, Whole whole) {}

  /**
   * Begins nothing yet.
   *
   * @param budget the bound of all bytes that wait to be read or sent
   * @param name the name to own on every bus
   * @param extensionVerbs takes the verbs of extensions
   * @param extras what only extensions use
   */
  DesktopBuses(
      Ground ground,
      Supervision supervision,
      Budget budget,
      String name,
      Verbs extensionVerbs,
      Extras extras) {
    this.platform = ground.platform();
    this.supervisor = supervision.supervisor();
    var loop = platform.loop();
    var sessions = supervision.sessions();
    var activation = supervision.activation();
    var tree = new ObjectTree();
    var verbs = new SessionVerbs(sessions, activation, platform.messages());
    var services = supervision.services();
    var objects = objects(supervision, verbs);
    objects.putInto(tree);
    var calls = new Exporter(tree, new MachineId(platform.files()));
    var links = new SignalTargets();
    publish(new Publisher(objects, services, loop, links), supervision);
    int uid = SelfProcess.uid();
    var transport = new Transport(platform.files(), ground.sockets(), loop, budget, uid);
    var keys = new BusIdentity(sessions, platform.runtime().base());
    var upload = new BusEnvironment(keys, sessions, activation, loop);
    var callers = new CallerEnvironment(keys, sessions, activation, platform.messages());
    upload.alsoDownload(new EnvironmentDownload(transport, keys, callers));
    var parts = new Buses.Parts(transport, calls, links, upload, name, keys);
    this.buses = new Buses(platform, parts, sessions);
    this.host =
        new ExtensionHost(
            new ExtensionHost.Parts(
                platform,
                transport,
                calls,
                tree,
                services,
                buses,
                upload,
                sessions,
                activation,
                callers,
                extensionVerbs,
                extras.mechanisms(),
                extras.departures(),
                extras.whole()));
  }

  private static UsersvcObjects objects(Supervision supervision, SessionVerbs verbs) {
    var scanned = supervision.scanDirectory();
    return new UsersvcObjects(supervision.services(), supervision.operations(), verbs, scanned);
  }

  private static void publish(Publisher publisher, Supervision supervision) {
    supervision.scanDirectory().onSwitch(publisher::scanDirectoryChanged);
    new SessionChanges(supervision.sessions(), publisher).begin();
    supervision.activation().onChange(publisher::environmentChanged);
  }

  /** Begins, and follows the bus that may come and go in the runtime directory. */
  void begin() {
    if (Boolean.parseBoolean(System.getProperty(EXTENSIONS, "true"))) {
      ServiceLoader.load(Extension.class).forEach(extension -> extension.begin(host));
    }
    Runnable changed = this::runtimeBusMayHaveChanged;
    bus = supervisor.pathWatch(changed, changed);
    platform.runtime().add(this::follow);
    try {
      follow();
    } catch (FileFault fault) {
      platform.messages().warn(fault.getMessage() + "; a bus that comes there is not noticed");
    }
    buses.begin();
  }

  private void runtimeBusMayHaveChanged() {
    try {
      follow();
    } catch (FileFault ignored) { // the bus is not reachable either
    }
    buses.runtimeBusChanged();
  }

  private void follow() throws FileFault {
    if (bus != null) {
      bus.follow(host.runtime() + "/bus");
    }
  }

  void take(String address, Consumer<String> answer) {
    buses.take(address, answer);
  }

  void close() {
    try {
      host.close();
    } finally {
      buses.close();
    }
  }
}
