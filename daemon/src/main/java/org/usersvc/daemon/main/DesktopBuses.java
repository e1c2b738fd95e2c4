package org.usersvc.daemon.main;

import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Rescan;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.bus.BusKeys;
import org.usersvc.daemon.bus.Buses;
import org.usersvc.daemon.bus.CallerEnvironment;
import org.usersvc.daemon.bus.EnvironmentDownload;
import org.usersvc.daemon.bus.EnvironmentUpload;
import org.usersvc.daemon.bus.ExtensionHost;
import org.usersvc.daemon.bus.Publisher;
import org.usersvc.daemon.bus.SessionNews;
import org.usersvc.daemon.bus.SessionVerbs;
import org.usersvc.daemon.bus.UsersvcObjects;
import org.usersvc.daemon.export.Exporter;
import org.usersvc.daemon.export.MachineId;
import org.usersvc.daemon.export.ObjectTree;
import org.usersvc.daemon.extension.Extension;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.PathWatch;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.wire.Links;
import org.usersvc.daemon.wire.Transport;

/** The parts of D-Bus put together, and the extensions that use them. */
final class DesktopBuses {
  private final Platform platform;
  private final Buses buses;
  private final ExtensionHost host;
  private @Nullable PathWatch bus;

  /**
   * What D-Bus is made of.
   *
   * @param name to be owned on every bus
   */
  record Parts(
      Platform platform,
      Operations operations,
      LocalSockets sockets,
      Budget budget,
      Sessions sessions,
      Activation activation,
      Rescan rescan,
      String name) {}

  DesktopBuses(Parts parts, Supervisor supervisor, int uid) {
    this.platform = parts.platform();
    var loop = platform.loop();
    var tree = new ObjectTree();
    var verbs = new SessionVerbs(parts.sessions(), parts.activation(), platform.messages());
    var objects = new UsersvcObjects(supervisor, parts.operations(), verbs, parts.rescan());
    objects.putInto(tree);
    var calls = new Exporter(tree, new MachineId(platform.files()));
    var links = new Links();
    var publisher = new Publisher(objects, supervisor, loop, links);
    // After the publisher: what that tells at the end of a turn is sent at the end of the same.
    var transport = new Transport(platform.files(), parts.sockets(), loop, parts.budget(), uid);
    new SessionNews(parts.sessions(), publisher).begin();
    parts.activation().onChange(publisher::environmentChanged);
    var keys = new BusKeys(parts.sessions(), platform.runtime().base());
    var upload = new EnvironmentUpload(keys, parts.sessions(), parts.activation(), loop);
    var callers =
        new CallerEnvironment(keys, parts.sessions(), parts.activation(), platform.messages());
    upload.alsoDownload(new EnvironmentDownload(transport, keys, callers));
    var plan = new Buses.Parts(transport, calls, links, upload, parts.name(), keys);
    this.buses = new Buses(platform, plan, parts.sessions());
    this.host =
        new ExtensionHost(
            new ExtensionHost.Parts(
                platform, transport, calls, tree, buses, upload, parts.activation(), callers));
  }

  /** Begins, and follows the bus that may come and go in the runtime directory. */
  void begin(Supervisor supervisor) {
    ServiceLoader.load(Extension.class).forEach(extension -> extension.begin(host));
    bus = supervisor.pathWatch(this::runtimeBusMayHaveChanged);
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
    } catch (FileFault ignored) { // what is behind that is not reachable
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
    host.close();
    buses.close();
  }
}
