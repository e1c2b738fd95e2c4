package org.usersvc.daemon.log;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LogFiles;
import org.usersvc.daemon.files.Mounts;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.Poller;
import org.usersvc.daemon.model.ServiceId;

/** One part of the built-in logger: a loop on a thread of its own. <b>Any thread.</b> */
public final class LogKeeper implements LogIntake {
  /**
   * The parts of one keeper. It alone uses the poller, the files and the log files; the latter two
   * are made on its thread.
   *
   * @param mounts made on its thread with those files
   * @param thread runs the loop on a thread; if that dies, a while later on another one
   * @param warn called with a line for the user; on the logger's thread
   * @param bugs called with unexpected exceptions; on the logger's thread
   */
  public record Parts(
      Poller poller,
      Supplier<FileSystem> files,
      Supplier<LogFiles> logs,
      Function<FileSystem, Mounts> mounts,
      Consumer<Runnable> thread,
      Consumer<String> warn,
      Consumer<RuntimeException> bugs) {
    Parts with(Poller other) {
      return new Parts(other, files, logs, mounts, thread, warn, bugs);
    }
  }

  private static final String LOGGED_TWICE =
      "; a line may be logged twice if the daemon is killed, going on";

  private final Parts parts;
  private final String root;
  private final String ledger;
  private final @Nullable String fileSystem;
  private final EventLoop loop;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Semaphore resumed = new Semaphore(0);

  /** Set by the logger's thread before it takes the first command; each thread has its own. */
  private @Nullable LogTable table;

  /** Whether the lack of a ledger was logged; the logger's thread only. */
  private boolean troubled;

  /**
   * @param root absolute path of the directory that holds a directory for each service, made with
   *     its parents when the first line comes
   * @param ledger absolute path of the {@link Ledger}'s file
   * @param fileSystem the one of all its directories, if that may hang; else null
   */
  public LogKeeper(Parts parts, String root, String ledger, @Nullable String fileSystem) {
    this.parts = parts;
    this.root = root;
    this.ledger = ledger;
    this.fileSystem = fileSystem;
    this.loop = new EventLoop(parts.poller(), Clock.SYSTEM, parts.bugs());
  }

  /** Starts the thread; earlier commands are done now. */
  public void start() {
    parts.thread().accept(this::run);
  }

  /** Runs until {@link #close}; if the thread dies of a fault, again on another one. */
  private void run() {
    var dead = table;
    table = dead == null ? new LogTable(desk(), parts.warn()) : dead.next(desk());
    loop.run();
    ended.countDown();
  }

  private LogContext desk() {
    var files = parts.files().get();
    var place = new LogTree.Place(parts.mounts().apply(files), fileSystem);
    return new LogContext(
        files,
        parts.logs().get(),
        loop,
        new LogTree(files, root, loop.clock(), parts.warn(), place),
        openLedger(files),
        Buffers.make(),
        new LogComplaints(parts.warn()),
        new Pacer(loop));
  }

  private Ledger openLedger(FileSystem files) {
    try {
      var found = Ledger.open(files, ledger);
      if (found == null) {
        parts.warn().accept(ledger + " is of another version, renamed to " + ledger + ".old");
        found = Ledger.open(files, ledger);
      }
      if (found != null) {
        return found;
      }
    } catch (IOException fault) {
      log(fault);
    }
    return Ledger.inMemory();
  }

  /** Moves the ledger to a new file if its file has gone. */
  public void settle() {
    post(open -> {
      try {
        open.settle(ledger);
        troubled = false;
      } catch (IOException fault) {
        log(fault);
      }
    });
  }

  /** Logs once that there is no ledger; the message of a channel names no file, so it is added. */
  private void log(IOException fault) {
    if (!troubled) {
      String what = fault instanceof FileFault ? "" : ledger + ": ";
      parts.warn().accept(what + fault.getMessage() + LOGGED_TWICE);
    }
    troubled = true;
  }

  private void post(Consumer<LogTable> command) {
    loop.mailbox()
        .post(() -> {
          if (table != null) {
            command.accept(table);
          }
        });
  }

  @Override
  public void begin(LogSource source) {
    post(open -> open.begin(source));
  }

  @Override
  public void rename(ServiceId id, String name) {
    post(open -> open.rename(id, name));
  }

  @Override
  public void end(ServiceId id, Runnable done) {
    post(open -> open.end(id, done));
  }

  /**
   * Leaves the pipe as it is, closes the directory, then runs {@code done} as in {@link #end}; an
   * unanswered {@link #end} is answered, too.
   */
  void leave(ServiceId id, Runnable done) {
    post(open -> open.leave(id, done));
  }

  @Override
  public void last(ServiceId id, String name, int lines, Consumer<List<String>> answer) {
    post(open -> answer.accept(open.last(id, name, lines)));
  }

  @Override
  public void own(String line) {
    post(open -> open.own(line));
  }

  /**
   * Writes the daemon's own lines, then does nothing until {@link #resume}. The services' lines
   * wait in their pipes.
   *
   * @return counted down when the keeper has paused
   */
  CountDownLatch pause() {
    var paused = new CountDownLatch(1);
    post(_ -> {
      paused.countDown();
      resumed.acquireUninterruptibly();
    });
    return paused;
  }

  /** Goes on after {@link #pause}. */
  void resume() {
    resumed.release();
  }

  /**
   * Writes all lines that can be written and ends the thread. The next daemon writes the rest.
   *
   * @return counted down when the thread has ended
   */
  CountDownLatch close() {
    post(open -> {
      open.close();
      loop.stop();
    });
    return ended;
  }
}
