package org.usersvc.daemon.supervise;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.DatagramSockets;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.log.LogIntake;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.order.Agenda;
import org.usersvc.daemon.order.Dependencies;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.PathWatch;
import org.usersvc.daemon.scan.ScanNames;
import org.usersvc.daemon.scan.Scanner;
import org.usersvc.daemon.scan.WatchTable;
import org.usersvc.daemon.trigger.Memory;
import org.usersvc.daemon.trigger.Timekeeper;
import org.usersvc.daemon.view.Commanded;
import org.usersvc.daemon.view.LookUp;
import org.usersvc.daemon.view.ServiceFamily;
import org.usersvc.daemon.view.Watcher;

/**
 * All services of one scan directory. <b>Loop thread only.</b>
 *
 * <p>A service is opened when its first name appears, stopped when its last name has gone, and
 * forgotten when all its processes have ended. {@link StartQueue} opens, shows and starts them;
 * status files are written once a turn.
 *
 * <p>INVARIANT: two names of one directory are one service. INVARIANT: a directory is opened only
 * after its last supervision has ended.
 */
public final class Supervisor implements ServiceFamily, ServiceRecord.Changes, Scanner.Tree {
  /**
   * The receivers of what services write and send.
   *
   * @param logs takes the output of services without a log service
   * @param datagrams for sd_notify(3)
   * @param uid the user whose processes may send
   * @param pid of the daemon
   */
  public record Listeners(LogIntake logs, DatagramSockets datagrams, int uid, int pid) {}

  private final ScanNames names = new ScanNames();
  private final Catalogue services = new Catalogue(names);
  private final StartQueue openings;
  private final Refusals refusals;
  private final ChangedThisTurn publication;
  private final Platform platform;
  private final Shutdown shutdown;
  private final ProcessParts.Facilities facilities;
  private final WatchTable watchTable;
  private final Scanner scanner;
  private final ServiceHandles opener;
  private final Finder finder;
  private final Dependencies dependencies;
  private final Timekeeper keeper;

  /**
   * @param predecessor asked when services are opened
   * @param scanDirectory absolute path
   * @param memory where the services with a schedule remember their past
   */
  public Supervisor(
      Platform platform,
      Listeners listeners,
      Predecessor predecessor,
      String scanDirectory,
      Memory memory) {
    this.platform = platform;
    this.openings = new StartQueue(platform.loop(), this::open);
    this.publication = new ChangedThisTurn(openings);
    var agenda = new Agenda(platform.loop());
    this.shutdown = new Shutdown(platform, agenda, services, predecessor);
    var heard = new NotifyReceiver.Parts(listeners.datagrams(), listeners.uid(), listeners.pid());
    this.facilities =
        ProcessParts.Facilities.of(
            platform, agenda, new ServiceNodes(this), heard, shutdown.leftovers(), services::isRun);
    this.dependencies = facilities.dependencies();
    this.watchTable = facilities.watchTable();
    this.scanner = new Scanner(platform, watchTable, scanDirectory, names, this);
    this.refusals = new Refusals(platform, openings::later);
    this.finder = new Finder(platform.files(), services, scanner, names, openings, refusals);
    openings.whenSettled(new Settling(scanner, names, openings, predecessor, services, refusals));
    var pipes = new LogPipes(platform, listeners.logs());
    this.keeper =
        new Timekeeper(
            platform, watchTable, memory, () -> facilities.environment().current().value("TZ"));
    this.opener = new ServiceHandles(facilities, openings, pipes, predecessor, keeper);
  }

  /** Looks at the scan directory for the first time and watches it from then on. */
  public void start() {
    watchTable.begin();
    platform.loop().at(TurnEnd.SHOW, this::publish);
    watchTable.onLoss(this::lookAgain);
    platform.runtime().add(new Resettlement(platform, services, facilities.receiver()));
    scanner.scan();
    whenSettled(() -> dependencies.review(platform.messages()));
    openings.whenSettled(opener::follow);
  }

  private void lookAgain() {
    services.all().forEach(ServiceRecord::lookAgain);
    refusals.all().forEach(openings::later);
    scanner.scan();
  }

  /** Runs the action once, when all services are opened and shown. */
  public void whenSettled(Runnable action) {
    openings.whenSettled(action);
    openings.openSome();
  }

  /** The dependencies of the services. */
  Dependencies dependencies() {
    return dependencies;
  }

  /** Runs the actions when a path may lead to another file; see {@link PathWatch}. */
  public PathWatch pathWatch(Runnable onChange, Runnable onContent) {
    watchTable.onLoss(onChange);
    return new PathWatch(platform.files(), watchTable, onChange, onContent);
  }

  /** Calls the taker with the name of each entry of an open directory that changes. */
  public void watch(int directory, Consumer<String> taker) throws FileFault {
    watchTable.add(directory, taker);
  }

  /** Something was mounted or unmounted, or a file system that hung has answered. */
  public void lookAtAll() {
    watchTable.lookAtAll();
  }

  @Override
  public void watch(Watcher<Commanded> watcher) {
    publication.watch(watcher);
  }

  /** As {@link #watch}, for those who look into the processes. */
  public void watchProcesses(Watcher<ServiceProcess> watcher) {
    publication.watch(watcher);
  }

  /** The scan directory, printable. */
  public String scanDirectory() {
    return scanner.path().toString();
  }

  /** The open scan directory; negative before there was one. */
  public int scanDescriptor() {
    return scanner.path().descriptor();
  }

  @Override
  public Collection<ServiceProcess> all() {
    return services().stream().map(ServiceRecord::main).toList();
  }

  @Override
  public Map<String, String> refused() {
    return refusals.reasons(names);
  }

  @Override
  public LookUp lookUp(String name) {
    return finder.lookUp(name);
  }

  @Override
  public @Nullable ServiceProcess known(String name) {
    return finder.known(name);
  }

  /** Every service, by name. A service with two names is there once. */
  Collection<ServiceRecord> services() {
    return services.sorted();
  }

  /**
   * The process that {@code foot}, {@code foot/log} or the absolute path of a directory names. A
   * service that is still to be opened is opened now.
   *
   * @return null if this daemon does not supervise it
   */
  public @Nullable ServiceProcess find(String name) {
    return finder.find(name);
  }

  @Nullable ServiceRecord named(String name) {
    return services.named(name);
  }

  /** Knows names, also those without a service. */
  Finder finder() {
    return finder;
  }

  /**
   * Looks at everything again, repairs damaged files, then runs {@code done}: every new service has
   * started or waits for what it needs.
   */
  public void rescan(Runnable done) {
    var all = services.all();
    platform.loop().pieces().each(all, ServiceRecord::reviewIfOpen, () -> scanAgain(done));
  }

  private void scanAgain(Runnable done) {
    refusals.all().forEach(openings::later);
    scanner.scan();
    openings.whenSettled(() -> dependencies.review(platform.messages()));
    whenSettled(() -> opener.whenFilled(() -> whenSettled(done)));
  }

  /** Follows another directory; services that are in both go on untouched. */
  public void switchTo(String directory, Runnable done) throws FileFault {
    scanner.path().point(directory);
    rescan(done);
  }

  /** Sets the environment for later starts; services that have waited for it start at once. */
  public void environment(Environment next) {
    facilities.environment().become(next);
    keeper.environmentChanged();
    platform.loop().pieces().each(services.all(), ServiceRecord::environmentArrived, () -> {});
  }

  /** What services bring while they are up. */
  public Exports exports() {
    return facilities.environment().exports();
  }

  /** These variables' objects have ended; the same value soon after names another one. */
  public void variablesLost(Collection<String> names) {
    facilities.environment().lost(names);
  }

  /**
   * The environment has settled: services that need a changed variable are restarted, after all
   * that are still to be taken over are open, as one of them may export it.
   */
  public void environmentSettled() {
    if (!openings.allOpen()) {
      openings.whenSettled(this::environmentSettled);
      return;
    }
    platform.loop().pieces().each(services.all(), ServiceRecord::environmentChanged, () -> {});
  }

  /** Sets whether only lingering services run, as there is no login. */
  public void hold(boolean held) {
    dependencies.hold().turn(held);
  }

  /** The daemon is about to end: from now on no service starts, what runs goes on. */
  public void startNone() {
    dependencies.startNone();
  }

  /** Stops every service, all at once, each logger after its service; then runs the action. */
  public void stop(Runnable allGone) {
    openings.clear();
    watchTable.end();
    refusals.all().forEach(refusals::forget);
    shutdown.begin(allGone);
  }

  public boolean isStopping() {
    return shutdown.hasBegun();
  }

  /** Kills the processes that are being stopped. */
  public void hurry() {
    shutdown.hurry();
  }

  @Override
  public void attach(String name, ServiceId id) {
    var service = services.of(id);
    if (service != null) {
      namesChanged(name, service);
    } else if (!isStopping()) {
      openings.later(id);
    }
  }

  @Override
  public void detach(String name, ServiceId id) {
    if (names.of(id).isEmpty()) {
      openings.remove(id);
      refusals.forget(id);
    }
    var service = services.of(id);
    if (service == null) {
      return;
    }
    namesChanged(name, service);
    if (!service.hasNames() && !renamed(service)) {
      platform.messages().info(service.name() + ": has left the scan directory, stopping it");
      service.stop();
    }
  }

  /** The event of a rename's second half may come late: the directory itself knows. */
  private boolean renamed(ServiceRecord service) {
    String name = scanner.path().nameOf(service.main().directoryPath());
    return name != null && services.named(name) == null;
  }

  private void open(ServiceId id) {
    var all = names.of(id);
    if (isStopping() || services.of(id) != null || all.isEmpty()) {
      return;
    }
    String name = all.getFirst();
    var service = new ServiceRecord(id, names, this, opener, dependencies);
    try {
      int directory = opener.openDirectory(scanner.path().descriptor(), name);
      service.open(directory);
    } catch (FileFault fault) {
      String place = NativeText.printable(scanner.path() + "/" + name);
      refuse(id, all, "in " + place + ": " + fault.getMessage());
      return;
    } catch (SupervisedElsewhere reason) {
      refuse(id, all, String.valueOf(reason.getMessage()));
      return;
    }
    refusals.forget(id);
    services.add(service);
    dependencies.opened(service.node());
  }

  private void refuse(ServiceId id, List<String> all, String reason) {
    refusals.add(id, all.getFirst(), reason);
    openings.remove(id);
    dependencies.arrived(all);
  }

  private void namesChanged(String name, ServiceRecord service) {
    service.namesChanged();
    dependencies.renamed(name, service.node());
    service.processes().forEach(publication::renamed);
  }

  @Override
  public void changed(ServiceProcess process) {
    publication.changed(process);
  }

  @Override
  public void moved(ServiceProcess process, Phase before) {
    StateMessages.log(platform.messages(), process, before);
    publication.moved(process, before);
    process.parts().needs().notifyDependents();
  }

  @Override
  public void gone(ServiceProcess process) {
    publication.gone(process);
  }

  @Override
  public void gone(ServiceRecord service) {
    services.remove(service);
    dependencies.gone(service.node());
    facilities.receiver().forget(service.name(), service.processes());
    refusals.tryAgain(); // it has freed descriptors
    platform.runtime().roomier();
    if (!isStopping() && service.hasNames()) {
      refusals.holdBack(service);
    }
    service.processes().forEach(this::gone);
    shutdown.endIfAllGone();
  }

  private void publish() {
    publication.publish(() -> {
      if (openings.allOpen()) {
        dependencies.reviewChanges(platform.messages());
      }
    });
  }
}
