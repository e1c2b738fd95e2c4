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
import org.usersvc.daemon.order.Node;

/**
 * One service: a directory, the names that the scan directory has for it, its run, and its logger
 * if it has one. <b>Loop thread only.</b>
 */
public final class ServiceRecord {
  private final ServiceId id;
  private final Node node = new ServiceNode(this);
  private final ServiceNames names;
  private final Changes changes;
  private final Opener opener;
  private final List<DefinitionWatch> watches = new ArrayList<>(2);
  private @Nullable Supervised main;
  private @Nullable Supervised logger;
  private final Output output;
  private final LogAwaited awaited;
  private boolean closed;
  private boolean stopping;
  private boolean stopFed;

  /** Who is told what happens to services. */
  interface Changes {
    /** Something that clients can see has changed. */
    void changed(Supervised process);

    void moved(Supervised process, Phase before);

    /** A logger is supervised no longer, and its service is. */
    void gone(Supervised logger);

    /** Nothing of the service lives any more and its supervise/ is released. */
    void gone(ServiceRecord service);
  }

  ServiceRecord(ServiceId id, String name, Changes changes, Opener opener) {
    this.id = id;
    this.names = new ServiceNames(name);
    this.changes = changes;
    this.opener = opener;
    this.output = new Output(this, opener.shared());
    this.awaited = new LogAwaited(this, opener);
  }

  public ServiceId id() {
    return id;
  }

  /** The first of its names, or the last that it had; printable. */
  public String name() {
    return NativeText.printable(nativeName());
  }

  /** The same as native text. */
  public String nativeName() {
    return names.first();
  }

  /** All names that the scan directory has for it now. */
  public Set<String> names() {
    return names.all();
  }

  /** Its run. */
  public Supervised main() {
    if (main == null) {
      throw new IllegalStateException(nativeName() + " is not open");
    }
    return main;
  }

  public @Nullable Supervised logger() {
    return logger;
  }

  /** Its run, and its logger if it has one. */
  public List<Supervised> processes() {
    return logger == null ? List.of(main()) : List.of(main(), logger);
  }

  public boolean hasBuiltInLog() {
    return output.isBuiltIn();
  }

  Output output() {
    return output;
  }

  /** Adds the names of the FIFOs that it holds. */
  void namePipes(Set<String> names) {
    output.namePipes(names);
    processes().forEach(process -> process.readiness().namePipes(names));
  }

  /** Itself among others. */
  public Node node() {
    return node;
  }

  /** Whether it has been told to end for good. */
  boolean isStopping() {
    return stopping;
  }

  /** Whether something depends on it. */
  boolean isNeeded() {
    return opener.shared().dependencies().isNeeded(node);
  }

  /** Whether nothing of it is supervised any more. */
  public boolean isClosed() {
    return closed;
  }

  boolean hasNames() {
    return !names.isEmpty();
  }

  void addName(String name) {
    if (names.add(name)) {
      output.rename();
    }
  }

  void removeName(String name) {
    if (names.remove(name)) {
      output.rename();
    }
  }

  /** Takes it over, then starts what is to start: the logger first. Owns the directory. */
  void open(int directory) throws FileFault, SupervisedElsewhere {
    main = takeOver(directory, false);
    try (var _ = main.directory().look()) {
      if (!output.resumeBuiltIn()) {
        takeUpLogger();
        lookForLogger();
      }
      main.begin(opener::start);
    } catch (FileFault | SupervisedElsewhere fault) {
      close();
      throw fault;
    }
  }

  private Supervised takeOver(int directory, boolean asLogger)
      throws FileFault, SupervisedElsewhere {
    Supervised opened;
    try {
      opened = opener.open(this, directory, asLogger);
    } catch (FileFault | SupervisedElsewhere fault) {
      opener.close(directory);
      throw fault;
    }
    try {
      watches.add(opener.watch(opened));
      return opened;
    } catch (FileFault fault) {
      opener.close(opened, false);
      throw fault;
    }
  }

  private void lookForLogger() {
    if (logger == null) {
      awaited.look();
    } else {
      awaited.end();
    }
  }

  /** A log/ that has appeared is taken up; runsv looks for it only once. */
  private void takeUpLogger() throws FileFault, SupervisedElsewhere {
    if (logger != null || !main().directory().hasLogService()) {
      return;
    }
    int directory = opener.openDirectory(main().directory().descriptor(), "log");
    Supervised taken;
    try {
      taken = takeOver(directory, true);
    } catch (SupervisedElsewhere shared) {
      if (!shared.isHere()) {
        throw shared;
      }
      awaited.refused(String.valueOf(shared.getMessage()));
      return;
    }
    try {
      output.openForLogger();
    } catch (FileFault fault) {
      opener.close(taken, false);
      throw fault;
    }
    logger = taken;
    taken.begin(Supervised::start);
  }

  /** Something has happened to log/. */
  void logChanged() {
    awaited.appeared();
  }

  /** Whether the logger's directory was removed, or another one lies in its place. */
  boolean hasLostLogger() {
    return awaited.hasLost();
  }

  /** The next one takes its place at once if it is there; else the built-in logger does. */
  private void lostLoggerLeft(Supervised lost) {
    watches.stream().filter(watch -> watch.process() == lost).forEach(DefinitionWatch::end);
    watches.removeIf(watch -> watch.process() == lost);
    logger = null;
    changes.gone(lost);
    opener.close(lost, false);
    try {
      if (output.isForLogger()) {
        takeUpLogger();
      }
      if (logger == null) {
        awaited.lost();
        output.handOver();
      }
    } catch (FileFault | SupervisedElsewhere fault) {
      opener.warn(name() + "/log: " + fault.getMessage());
    }
    awaited.appeared();
  }

  /** Whether a logger without its directory goes, or a new one starts, before the process does. */
  boolean changesLogger(Supervised process) {
    if (process.isLogger()) {
      return false;
    }
    if (awaited.letGoOfLost(true)) {
      return true;
    }
    var before = logger;
    try {
      takeUpLogger();
    } catch (FileFault | SupervisedElsewhere fault) {
      awaited.refused(String.valueOf(fault.getMessage()));
    }
    return logger != before;
  }

  void beforeStart(Supervised process) {
    if (process.isLogger()) {
      return;
    }
    lookForLogger();
    try {
      output.openBuiltIn();
    } catch (FileFault fault) {
      opener.warn(name() + ": " + fault.getMessage() + ", starting without a log");
    }
  }

  /** Ends what cannot be without it; whether there is nothing of that kind any more. */
  boolean mayStop() {
    var phase = main().state().phase();
    boolean somethingToStop = phase.isBusy() || phase instanceof Phase.Completed;
    return !somethingToStop || opener.shared().dependencies().stopOrder().release(node);
  }

  /** Something that cannot be without it has ended. */
  void goOnStopping() {
    if (stopping && !stopFed) {
      stop();
    } else if (main().isHeldBack()) {
      main().letters().goOn();
    }
  }

  void changed(Supervised process) {
    changes.changed(process);
  }

  void moved(Supervised process, Phase before) {
    for (var watch : watches) {
      if (watch.process() == process) {
        watch.review();
      }
    }
    changes.moved(process, before);
  }

  /**
   * Stops run, after what cannot be without it, then the logger once it has read all; also one that
   * is draining already.
   */
  void stop() {
    stopping = true;
    if (!stopFed && !mayStop()) {
      return;
    }
    if (!stopFed) {
      stopFed = true;
      main().feed(new Event.Stop());
    }
    if (logger != null && main().state().phase() instanceof Phase.Gone) {
      logger.feed(new Event.InputClosed(true));
    }
  }

  /** It is to end with all others, in an order that is still to be found. */
  void willStop() {
    stopping = true;
  }

  /** Reads the definition again, and makes anew what somebody has removed from supervise/. */
  void reviewIfOpen() {
    if (closed) {
      return;
    }
    main().treatment().read();
    opener.repair(main());
    if (logger != null) {
      opener.repair(logger);
    }
  }

  /** Something was mounted or has answered, or changes were lost. */
  void lookAgain() {
    List.copyOf(watches).forEach(DefinitionWatch::lookAgain);
    environmentArrived();
  }

  void environmentArrived() {
    if (closed) {
      return;
    }
    main().needArrived();
    if (logger != null) {
      logger.needArrived();
    }
  }

  void environmentChanged() {
    if (closed) {
      return;
    }
    main().environmentChanged();
    if (logger != null) {
      logger.environmentChanged();
    }
  }

  void hurry() {
    if (stopping && !stopFed) {
      stopFed = true;
      main().feed(new Event.Stop());
    }
    main().feed(new Event.Hurry());
    if (logger != null) {
      logger.feed(new Event.Hurry());
    }
  }

  void left(Supervised process) {
    if (process.isLogger() && !(main().state().phase() instanceof Phase.Gone)) {
      lostLoggerLeft(process);
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

  private void end() {
    close();
    changes.gone(this);
  }

  private void close() {
    closed = true;
    watches.forEach(DefinitionWatch::end);
    awaited.end();
    for (var process : new @Nullable Supervised[] {logger, main}) {
      if (process != null) {
        opener.close(process, stopping);
      }
    }
  }
}
