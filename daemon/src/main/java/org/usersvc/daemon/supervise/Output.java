package org.usersvc.daemon.supervise;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.log.LogFormat;
import org.usersvc.daemon.log.LogSource;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Fifo;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.process.SpawnRequest.Access;
import org.usersvc.daemon.process.SpawnRequest.Redirect;

/**
 * The output of one service: the FIFO of its log service, that of the built-in logger, or the
 * daemon's own output. The content of a FIFO outlives run, the logger and the daemon. <b>Loop
 * thread only.</b>
 *
 * <p>A service has the FIFO of its logger open for reading and writing, so it does not notice when
 * the daemon ends. A log service has it open for reading only, because loggers end at end of file.
 * With an empty file {@code log}, run writes to the daemon's standard output, not to its standard
 * error: a user who starts the daemon by hand sees what runsvdir shows.
 */
final class Output {
  /** Suffix of the name of the built-in logger's FIFO. */
  private static final String OUT = "-out";

  private final Service service;
  private final Platform platform;
  private final LogPipes pipes;
  private final Predecessor predecessor;
  private @Nullable Fifo toLogger;
  private @Nullable Fifo toBuiltIn;

  /** A path to the FIFO of the log service if it was removed while run still writes to it. */
  private @Nullable String lost;

  Output(Service service, Platform platform, LogPipes pipes, Predecessor predecessor) {
    this.service = service;
    this.platform = platform;
    this.pipes = pipes;
    this.predecessor = predecessor;
  }

  /**
   * A log service has come: it gets a FIFO, and the built-in logger stops reading, also that very
   * FIFO.
   */
  void openForLogger() throws FileFault {
    if (toLogger == null) {
      endBuiltIn(() -> {});
      toLogger = open(service.id().asFileName(), lost);
      lost = null;
    }
  }

  /** Whether there is a FIFO for a log service. */
  boolean isForLogger() {
    return toLogger != null;
  }

  /** The log service has gone: the built-in logger takes over the content of its FIFO. */
  void handOver() throws FileFault {
    var fifo = toLogger;
    if (fifo != null) {
      toLogger = null;
      beginBuiltIn(fifo);
    }
  }

  /**
   * The built-in logger reads from now on, unless there is a log service, or the service is not
   * logged.
   */
  void openBuiltIn() throws FileFault {
    if (toLogger == null && toBuiltIn == null && !service.main().directory().isUnlogged()) {
      beginBuiltIn(open(service.id().asFileName() + OUT, null));
    }
  }

  /** Whether the built-in logger reads the service's output. */
  boolean isBuiltIn() {
    return toBuiltIn != null;
  }

  private Fifo open(String name, @Nullable String from) throws FileFault {
    if (from != null) {
      try {
        return Fifo.open(platform, name, from);
      } catch (FileFault fault) {
        logLoss(String.valueOf(fault.getMessage()));
      }
    }
    return pipes.open(name);
  }

  private void logLoss(String why) {
    platform
        .messages()
        .warn(
            service.name()
                + ": "
                + why
                + "; it goes on without a log until usersvc restart "
                + service.name());
  }

  private void beginBuiltIn(Fifo fifo) throws FileFault {
    toBuiltIn = fifo;
    var source = new LogSource(service.id(), service.nativeName(), fifo.descriptor(), format());
    pipes.begin(source);
  }

  /**
   * Takes up the FIFOs of an earlier daemon: their content is kept only as long as some process has
   * them open, also if they were removed.
   *
   * @return whether the built-in logger goes on, even if there is a log service by now
   */
  boolean resumeBuiltIn() throws FileFault {
    String name = service.id().asFileName();
    boolean trace = service.main().wasLeft();
    lost = predecessor.lostPipe(service.id(), name, trace);
    String lostOut = predecessor.lostPipe(service.id(), name + OUT, trace);
    if (lost != null || predecessor.hasPipe(name)) {
      boolean unread = !service.main().directory().hasLogService();
      if (unread) {
        beginBuiltIn(open(name, lost));
        lost = null;
      }
      return unread;
    }
    boolean left = lostOut != null || predecessor.hasPipe(name + OUT);
    if (left) {
      beginBuiltIn(open(name + OUT, lostOut));
    }
    return left;
  }

  /** Adds the names of its FIFOs. */
  void namePipes(Set<String> names) {
    for (var fifo : new @Nullable Fifo[] {toLogger, toBuiltIn}) {
      if (fifo != null) {
        names.add(fifo.name());
      }
    }
  }

  private LogFormat format() throws FileFault {
    String text = service.main().directory().text("log-format");
    if (text == null) {
      return LogFormat.SVLOGD;
    }
    var format = LogFormat.named(text);
    if (format == null) {
      platform
          .messages()
          .warn(
              service.name()
                  + ": log-format says '"
                  + NativeText.printable(text)
                  + "' and has to be none, tai64n or iso, ignoring");
    }
    return format == null ? LogFormat.SVLOGD : format;
  }

  /** The redirections for a process of the service. */
  List<Redirect> of(Owner process) {
    if (process.isLogger()) {
      return toLogger == null
          ? List.of()
          : List.of(new Redirect(0, toLogger.descriptor(), Access.READ));
    }
    if (toLogger != null) {
      return List.of(new Redirect(1, toLogger.descriptor(), Access.BOTH));
    }
    return toBuiltIn == null
        ? List.of()
        : List.of(
            new Redirect(1, toBuiltIn.descriptor(), Access.BOTH),
            new Redirect(2, toBuiltIn.descriptor(), Access.BOTH));
  }

  /** The writers have ended: the log service reads the rest of its FIFO, then end of file. */
  void closeToLogger() {
    if (toLogger != null) {
      toLogger.remove();
      toLogger = null;
    }
  }

  /** The writers have ended: runs the action when the built-in logger has written all. */
  void endBuiltIn(Runnable then) {
    var fifo = toBuiltIn;
    if (fifo == null) {
      then.run();
      return;
    }
    toBuiltIn = null;
    pipes.end(service.id(), fifo, then);
  }

  /** The service has another name now, and so has its log. */
  void rename() {
    if (toBuiltIn != null) {
      pipes.rename(service.id(), service.nativeName());
    }
  }
}
