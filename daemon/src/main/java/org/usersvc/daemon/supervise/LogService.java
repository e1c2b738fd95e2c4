package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.scan.WatchTable;

/**
 * The log service of a service: present, lost, or still to come. Logs once why a {@code log/} is no
 * log service, and notices when it becomes one; until then the built-in logger writes. The logger
 * of a removed or replaced {@code log/} is left alone: it ends when its last writer does. <b>Loop
 * thread only.</b>
 */
final class LogService {
  /** The longest time that copying a directory takes. */
  private static final Duration COPYING = Duration.ofSeconds(5);

  private final ServiceRecord service;
  private final ServiceHandles opener;
  private final boolean cameLate;
  private @Nullable ServiceProcess logger;
  private WatchTable.@Nullable Interest interest;
  private String said = "";

  LogService(ServiceRecord service, ServiceHandles opener) {
    this.service = service;
    this.opener = opener;
    this.cameLate = opener.isFollowing();
  }

  /** Null while there is none. */
  @Nullable ServiceProcess logger() {
    return logger;
  }

  /** Opens a log/ that has appeared; runsv looks for it only once. */
  void takeUp() throws FileFault, SupervisedElsewhere {
    var main = service.main().directory();
    if (logger != null || !main.hasLogService()) {
      return;
    }
    int directory = opener.openDirectory(main.descriptor(), "log");
    ServiceProcess taken;
    try {
      taken = service.takeOver(directory, true);
    } catch (SupervisedElsewhere shared) {
      if (!shared.isHere()) {
        throw shared;
      }
      refused(shared);
      return;
    }
    try {
      service.output().openForLogger();
    } catch (FileFault fault) {
      opener.close(taken, false);
      throw fault;
    }
    logger = taken;
    taken.begin(opener::resume, ServiceProcess::start);
  }

  /** Whether a logger without its directory goes, or a new one starts, before run does. */
  boolean changes() {
    if (letGoOfLost(true)) {
      return true;
    }
    var before = logger;
    try {
      takeUp();
    } catch (FileFault | SupervisedElsewhere fault) {
      refused(fault);
    }
    return logger != before;
  }

  private void refused(Exception fault) {
    say(fault.getMessage() + "; usersvcd logs the service itself");
  }

  /**
   * The logger without its directory has ended. The next log service takes its place at once if
   * there is one, else the built-in logger does.
   */
  void left() {
    var left = Objects.requireNonNull(logger);
    logger = null;
    service.forget(left);
    try {
      if (service.output().isForLogger()) {
        takeUp();
      }
      if (logger == null) {
        lost();
        service.output().handOver();
      }
    } catch (FileFault | SupervisedElsewhere fault) {
      opener.warn(service.name() + "/log: " + fault.getMessage());
    }
    appeared();
  }

  private void lost() {
    said = ""; // the next log/ is another one
    opener.warn(
        service.name()
            + "/log: its directory was removed or replaced; usersvcd logs the service itself");
  }

  /** Whether the logger's directory was removed, or another one lies in its place. */
  boolean hasLost() {
    return logger != null && service.main().directory().hasLost("log", logger.directory());
  }

  /**
   * Lets go of a logger without its directory.
   *
   * @param also a running one, too; it reads the rest of its FIFO, as when the service ends
   * @return whether the logger had no process and was commanded to go
   */
  private boolean letGoOfLost(boolean also) {
    if (logger == null || logger.state().wanted().leaves() || !hasLost()) {
      return false;
    }
    if (also && logger.state().phase() instanceof Phase.Running) {
      service.output().closeToLogger();
    }
    boolean idle = logger.state().phase().pidOrZero() == 0;
    if (also || idle) {
      logger.feed(new Event.InputClosed(true));
    }
    return idle;
  }

  /** Watches for a log service while there is none. */
  void await() {
    if (logger == null) {
      look();
    } else {
      end();
    }
  }

  /** Watches a log/ that is not a log service yet. */
  private void look() {
    var directory = service.main().directory();
    if (!directory.hasDirectory("log") || directory.hasLogService()) {
      return;
    }
    say("there is no run in it; usersvcd logs the service itself until there is one");
    end();
    try {
      int log = opener.openDirectory(directory.descriptor(), "log");
      try {
        interest = opener.watch(log, name -> entryChanged(name));
      } finally {
        opener.close(log);
      }
    } catch (FileFault fault) {
      opener.warn(service.name() + "/log: " + fault.getMessage() + ", ignoring");
    }
  }

  private void entryChanged(String name) {
    if (name.equals("run")) {
      appeared();
    }
  }

  /** Something has happened to log/; a service whose directory was being copied is restarted. */
  void appeared() {
    service.main().afterwards(this::lookAtIt);
  }

  private void lookAtIt() {
    if (service.main().isClosed()) {
      return;
    }
    letGoOfLost(false);
    if (logger != null || service.isStopping()) {
      return;
    }
    look();
    var main = service.main();
    if (!main.directory().hasLogService() || !(main.state().phase() instanceof Phase.Running)) {
      return;
    }
    if (isCopied(main) && main.state().wanted() == Wanted.UP && !main.state().phase().isEnding()) {
      opener.say(service.name() + ": log/run came just after the start, starting run again");
      main.command(Command.TERM);
    } else {
      say("its run is there now; it is used when the service is started next");
    }
  }

  /**
   * Whether run was started from an incomplete directory: it appeared while the daemon watched, and
   * run and log/run were made together.
   */
  private boolean isCopied(ServiceProcess main) {
    return cameLate
        && main.history().ranFor().compareTo(COPYING) < 0
        && main.directory().wasMadeWithin(COPYING, "run", "log/run");
  }

  private void say(String line) {
    if (!line.equals(said)) {
      said = line;
      opener.warn(service.name() + "/log: " + line);
    }
  }

  /** Stops watching: there is a log service, or the service is gone. */
  void end() {
    if (interest != null) {
      opener.unwatch(interest);
      interest = null;
    }
  }
}
