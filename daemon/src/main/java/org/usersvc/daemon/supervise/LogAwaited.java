package org.usersvc.daemon.supervise;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Command;
import org.usersvc.daemon.lifecycle.Event;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.scan.WatchTable;

/**
 * The log service that a service has lost, or may still get: says why a {@code log/} is not one,
 * once, and notices when it becomes one. Until then the built-in logger is there. What a removed or
 * replaced {@code log/} leaves behind is left alone: its logger ends when nobody writes to it any
 * more. <b>Loop thread only.</b>
 */
final class LogAwaited {
  /** So long copying a directory may take. */
  private static final Duration COPYING = Duration.ofSeconds(5);

  private final ServiceRecord service;
  private final Opener opener;
  private final boolean cameLate;
  private WatchTable.@Nullable Interest interest;
  private String said = "";

  LogAwaited(ServiceRecord service, Opener opener) {
    this.service = service;
    this.opener = opener;
    this.cameLate = opener.isFollowing();
  }

  /** There is a log service that cannot be taken up. */
  void refused(String why) {
    say(why + "; usersvcd logs the service itself");
  }

  /** The log service is no more, and its directory neither. */
  void lost() {
    said = ""; // what comes next is another one
    opener.warn(
        service.name()
            + "/log: its directory was removed or replaced; usersvcd logs the service itself");
  }

  /** Whether the logger's directory was removed, or another one lies in its place. */
  boolean hasLost() {
    var logger = service.logger();
    return logger != null && service.main().directory().hasLost("log", logger.directory());
  }

  /**
   * Lets go of a logger without its directory.
   *
   * @param also one that runs; it reads what is in its FIFO, as when the service ends
   * @return whether one without a process has been told to go
   */
  boolean letGoOfLost(boolean also) {
    var logger = service.logger();
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

  /** Looks whether there is something that is not a log service yet, and watches it. */
  void look() {
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

  /** Something has happened to log/: who was started while it was being copied gets it at once. */
  void appeared() {
    service.main().afterwards(this::lookAtIt);
  }

  private void lookAtIt() {
    if (service.main().isClosed()) {
      return;
    }
    letGoOfLost(false);
    if (service.logger() != null || service.isStopping()) {
      return;
    }
    look();
    var main = service.main();
    if (!main.directory().hasLogService() || !(main.state().phase() instanceof Phase.Running)) {
      return;
    }
    if (isCopied(main) && main.state().wanted() == Wanted.UP && !main.state().phase().isEnding()) {
      opener.say(service.name() + ": log/run came just after the start, starting run again");
      main.tell(Command.TERM);
    } else {
      say("its run is there now; it is used when the service is started next");
    }
  }

  /**
   * Whether run was started from a directory that was not whole yet: it has come while the daemon
   * looked on, and run and log/run were made together.
   */
  private boolean isCopied(Supervised main) {
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

  /** There is a log service, or the service is no more. */
  void end() {
    if (interest != null) {
      opener.unwatch(interest);
      interest = null;
    }
  }
}
