package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;
import org.usersvc.daemon.order.Dependencies;
import org.usersvc.daemon.order.Node;
import org.usersvc.daemon.process.SpawnRequest.Redirect;
import org.usersvc.daemon.scan.ScanNames;
import org.usersvc.daemon.trigger.StartTimes;
import org.usersvc.daemon.trigger.Timetable;

/**
 * One service: a directory, the names that the scan directory has for it, its run, and its logger
 * if it has one. <b>Loop thread only.</b>
 */
final class ServiceRecord implements Service, ServiceProcess.Changes {
  private final ServiceId id;
  private final Node node = new ServiceNode(this);
  private final ScanNames names;

  /** The first of its names, or the last that it had. */
  private String name;

  private final Changes changes;
  private final ServiceHandles opener;
  private final Dependencies dependencies;
  private final List<DefinitionWatch> watches = new ArrayList<>(2);
  private @Nullable ServiceProcess main;
  private @Nullable Triggers triggers;
  private final Output output;
  private final LogService log;

  private End end = End.NONE;

  /** Whether the service is to end for good. */
  private enum End {
    NONE,
    /** It is, after the services that cannot be without it. */
    WANTED,
    /** Its run has been commanded to end. */
    COMMANDED
  }

  /** Receives the changes of services. */
  interface Changes extends ServiceProcess.Changes {
    /** A logger is not supervised any more, but its service is. */
    void gone(ServiceProcess logger);

    /** All processes of the service have ended, and its supervise/ is released. */
    void gone(ServiceRecord service);
  }

  ServiceRecord(
      ServiceId id,
      ScanNames names,
      Changes changes,
      ServiceHandles opener,
      Dependencies dependencies) {
    this.id = id;
    this.names = names;
    this.name = names.of(id).getFirst();
    this.changes = changes;
    this.opener = opener;
    this.dependencies = dependencies;
    this.output = opener.output(this);
    this.log = new LogService(this, opener);
  }

  @Override
  public ServiceId id() {
    return id;
  }

  @Override
  public String name() {
    return NativeText.printable(nativeName());
  }

  @Override
  public String nativeName() {
    return name;
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(names.of(id));
  }

  @Override
  public ServiceProcess main() {
    if (main == null) {
      throw new IllegalStateException(nativeName() + " is not open");
    }
    return main;
  }

  @Nullable ServiceProcess logger() {
    return log.logger();
  }

  /** Its run, and its logger if it has one. */
  List<ServiceProcess> processes() {
    var logger = logger();
    return logger == null ? List.of(main()) : List.of(main(), logger);
  }

  Output output() {
    return output;
  }

  @Override
  public boolean isLoggedHere() {
    return output.isBuiltIn();
  }

  @Override
  public List<Redirect> redirects(Owner process) {
    return output.of(process);
  }

  /** Adds the names of its FIFOs. */
  void namePipes(Set<String> names) {
    output.namePipes(names);
    processes().forEach(process -> process.parts().readiness().namePipes(names));
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public boolean isStopping() {
    return end != End.NONE;
  }

  @Override
  public boolean isNeeded() {
    return dependencies.isNeeded(node);
  }

  boolean hasNames() {
    return !names.of(id).isEmpty();
  }

  /** A name has come or gone. */
  void namesChanged() {
    var all = names.of(id);
    if (!all.isEmpty() && !all.getFirst().equals(name)) {
      name = all.getFirst();
      output.rename();
    }
  }

  /** Opens the service, then starts its processes: the logger first. Owns the directory. */
  void open(int directory) throws FileFault, SupervisedElsewhere {
    main = takeOver(directory, false);
    main.look();
    try {
      if (!output.resumeBuiltIn()) {
        log.takeUp();
        log.await();
      }
      main.begin(opener::resume, opener::start);
      triggers = opener.triggers(main);
      triggers.follow(beginning());
    } catch (FileFault | SupervisedElsewhere fault) {
      close();
      throw fault;
    }
  }

  /** Opens the directory for run or the logger, and watches it for changes. */
  ServiceProcess takeOver(int directory, boolean asLogger) throws FileFault, SupervisedElsewhere {
    ServiceProcess opened;
    try {
      opened = opener.open(new ServiceProcess.Place(this, asLogger, this::logger, this), directory);
    } catch (FileFault | SupervisedElsewhere fault) {
      opener.close(directory);
      throw fault;
    }
    try {
      var news = new DefinitionWatch.News(log::appeared, this::triggersChanged);
      watches.add(opener.watch(opened, news));
      return opened;
    } catch (FileFault fault) {
      opener.close(opened, false);
      throw fault;
    }
  }

  private Timetable.Beginning beginning() {
    if (main().isResumed()) {
      return Timetable.Beginning.GOES_ON;
    }
    return opener.isFollowing() ? Timetable.Beginning.LATER : Timetable.Beginning.STARTUP;
  }

  @Override
  public StartTimes startTimes() {
    return triggers == null ? StartTimes.NONE : triggers.times();
  }

  /** The file schedule or watch is another one now. */
  private void triggersChanged() {
    if (triggers != null && !main().isClosed()) {
      main().parts().treatment().read();
      triggers.follow(Timetable.Beginning.LATER);
      main().changed();
    }
  }

  @Override
  public boolean hasLostLogger() {
    return log.hasLost();
  }

  @Override
  public boolean changesLogger(Owner process) {
    return !process.isLogger() && log.changes();
  }

  @Override
  public void beforeStart(Owner process) {
    if (process.isLogger()) {
      return;
    }
    log.await();
    try {
      output.openBuiltIn();
    } catch (FileFault fault) {
      opener.warn(name() + ": " + fault.getMessage() + ", starting without a log");
    }
  }

  @Override
  public boolean mayStop() {
    var phase = main().state().phase();
    boolean somethingToStop = phase.isBusy() || phase instanceof Phase.Completed;
    return !somethingToStop || dependencies.stopOrder().release(node);
  }

  /** A service that cannot be without it has ended. */
  void goOnStopping() {
    if (end == End.WANTED) {
      stop();
    } else if (main().isHeldBack()) {
      main().parts().letters().goOn();
    }
  }

  @Override
  public void changed(ServiceProcess process) {
    changes.changed(process);
  }

  @Override
  public void moved(ServiceProcess process, Phase before) {
    for (var watch : watches) {
      if (watch.process() == process) {
        watch.review();
      }
    }
    if (triggers != null && process == main) {
      triggers.moved(before);
    }
    changes.moved(process, before);
  }

  @Override
  public void stop() {
    willStop();
    if (end == End.WANTED && !mayStop()) {
      return;
    }
    commandStop();
    var logger = logger();
    if (logger != null && main().state().phase() instanceof Phase.Gone) {
      logger.feed(new Event.InputClosed(true));
    }
  }

  /** It is to end with all others, in an order that is still to be found. */
  void willStop() {
    endTriggers();
    end = end == End.NONE ? End.WANTED : end;
  }

  /** Commands run to end, once: the end of a dependent may have caused this already. */
  private void commandStop() {
    if (end == End.WANTED) {
      end = End.COMMANDED;
      main().feed(new Event.Stop());
    }
  }

  /** Reads the definition again, and makes files of supervise/ anew that were removed. */
  void reviewIfOpen() {
    if (!main().isClosed()) {
      triggersChanged();
      processes().forEach(opener::repair);
    }
  }

  /** Something was mounted, a file system has answered, or changes were lost. */
  void lookAgain() {
    List.copyOf(watches).forEach(DefinitionWatch::lookAgain);
    if (triggers != null) {
      triggers.lookAgain();
    }
    environmentArrived();
  }

  void environmentArrived() {
    needs().forEach(ProcessNeeds::arrived);
  }

  void environmentChanged() {
    needs().forEach(ProcessNeeds::environmentChanged);
  }

  private List<ProcessNeeds> needs() {
    return main().isClosed()
        ? List.of()
        : processes().stream().map(process -> process.parts().needs()).toList();
  }

  void hurry() {
    commandStop();
    processes().forEach(process -> process.feed(new Event.Hurry()));
  }

  @Override
  public void left(Owner process) {
    var logger = logger();
    if (process == logger && !(main().state().phase() instanceof Phase.Gone)) {
      log.left();
      return;
    }
    if (process.isLogger() || logger == null) {
      output.closeToLogger();
      output.endBuiltIn(this::end);
      return;
    }
    output.closeToLogger();
    logger.feed(new Event.InputClosed(main().state().wanted() == Wanted.REMOVED));
  }

  /** The logger has lost its directory and has ended. */
  void forget(ServiceProcess logger) {
    watches.stream().filter(watch -> watch.process() == logger).forEach(DefinitionWatch::end);
    watches.removeIf(watch -> watch.process() == logger);
    opener.close(logger, false);
    changes.gone(logger);
  }

  private void end() {
    close();
    changes.gone(this);
  }

  private void endTriggers() {
    if (triggers != null) {
      triggers.end();
    }
  }

  private void close() {
    endTriggers();
    watches.forEach(DefinitionWatch::end);
    log.end();
    for (var process : new @Nullable ServiceProcess[] {logger(), main}) {
      if (process != null) {
        opener.close(process, isStopping());
      }
    }
  }
}
