package org.usersvc.daemon.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.Mounts;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;

/**
 * The built-in logger: one keeper for the logs on file systems that always answer, and one for each
 * file system that may hang, as soon as a log lies on it. So a file system that hangs delays only
 * the services whose logs are on it. <b>Loop thread only.</b>
 */
public final class LogKeepers implements LogIntake {
  /** So many file systems have a keeper of their own; others share the last one. */
  private static final int MOST = 16;

  private static final String OWN = ".usersvcd";
  private static final int MOST_NAMES = 5;

  /**
   * The parts of the logger.
   *
   * @param keeper makes the parts of one keeper
   * @param mounts those of the loop, which keeps them up to date
   */
  public record Parts(
      EventLoop loop, Supplier<LogKeeper.Parts> keeper, Mounts mounts, Consumer<String> warn) {}

  /** One log and its keeper. */
  private static final class Log {
    private LogSource source;
    private LogKeeper keeper;

    /** Whether the earlier keeper still uses the pipe. */
    private boolean moving;

    private @Nullable Runnable done;

    Log(LogSource source, LogKeeper keeper) {
      this.source = source;
      this.keeper = keeper;
    }
  }

  private final Map<ServiceId, Log> logs = new HashMap<>();
  private final Map<String, LogKeeper> others = new LinkedHashMap<>();
  private final Set<@Nullable LogKeeper> hung = new HashSet<>();
  private final Parts parts;
  private final String root;
  private final String ledger;
  private final LogKeeper main;
  private boolean started;

  /**
   * @param root as in {@link LogKeeper}
   * @param ledger the ledger for file systems that always answer; the others' names begin with this
   *     one
   */
  public LogKeepers(Parts parts, String root, String ledger) {
    this.parts = parts;
    this.root = root;
    this.ledger = ledger;
    this.main = new LogKeeper(parts.keeper().get(), root, ledger, null);
  }

  /** Starts the threads; earlier commands are done now. */
  public void start() {
    started = true;
    all().forEach(LogKeeper::start);
  }

  private List<LogKeeper> all() {
    var all = new ArrayList<LogKeeper>(others.values());
    all.add(main);
    return all;
  }

  /** The keeper of the log of that name. */
  private LogKeeper keeper(String name) {
    String fileSystem = parts.mounts().of(LogTree.path(root, name) + "/current");
    if (fileSystem == null) {
      return main;
    }
    var found = others.get(fileSystem);
    if (found == null && others.size() >= MOST) {
      return List.copyOf(others.values()).getLast();
    }
    return found == null ? make(fileSystem) : found;
  }

  private LogKeeper make(String fileSystem) {
    var sum = new CRC32();
    sum.update(NativeText.encode(fileSystem));
    var keeping = parts.keeper().get();
    var attendance =
        new Attendance(
            keeping.poller(), parts.loop(), () -> hangs(fileSystem), () -> answers(fileSystem));
    String own = ledger + "-" + Long.toHexString(sum.getValue());
    var made = new LogKeeper(keeping.with(attendance), root, own, fileSystem);
    others.put(fileSystem, made);
    if (started) {
      made.start();
    }
    return made;
  }

  private void answers(String fileSystem) {
    hung.remove(others.get(fileSystem));
    parts.warn().accept(fileSystem + " answers again, logs on it are written");
  }

  private void hangs(String fileSystem) {
    hung.add(others.get(fileSystem));
    var names = new ArrayList<String>();
    for (var log : logs.values()) {
      if (log.keeper == others.get(fileSystem)) {
        names.add(NativeText.printable(log.source.name()));
      }
    }
    int more = names.size() - MOST_NAMES;
    names.sort(null);
    String shown = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)));
    parts
        .warn()
        .accept(
            fileSystem
                + " does not answer, and holds the logs of "
                + shown
                + (more > 0 ? " and " + more + " more" : "")
                + "; their lines wait in pipes, and they wait when these are full");
  }

  /** Moves logs to other keepers after the mounts have changed. */
  public void mountsChanged() {
    for (var log : logs.values()) {
      if (!log.moving && log.done == null && keeper(log.source.name()) != log.keeper) {
        move(log);
      }
    }
  }

  private void move(Log log) {
    log.moving = true;
    log.keeper.leave(log.source.id(), () -> parts.loop().mailbox().post(() -> moved(log)));
  }

  private void moved(Log log) {
    log.moving = false;
    log.keeper = keeper(log.source.name());
    log.keeper.begin(log.source);
    if (log.done != null) {
      log.keeper.end(log.source.id(), log.done);
    }
  }

  /** Moves each ledger to a new file if its file has gone. */
  public void settle() {
    all().forEach(LogKeeper::settle);
  }

  @Override
  public void begin(LogSource source) {
    var keeper = keeper(source.name());
    var log = new Log(source, keeper);
    var earlier = logs.put(source.id(), log);
    if (earlier == null || (!earlier.moving && earlier.keeper == keeper)) {
      keeper.begin(source);
      return;
    }
    if (earlier.moving && earlier.done != null) {
      earlier.done.run();
    }
    log.keeper = earlier.keeper;
    move(log);
  }

  @Override
  public void rename(ServiceId id, String name) {
    var log = logs.get(id);
    if (log == null) {
      return;
    }
    log.source = log.source.named(name);
    if (!log.moving) {
      log.keeper.rename(id, name);
      if (keeper(name) != log.keeper) {
        move(log);
      }
    }
  }

  @Override
  public void end(ServiceId id, Runnable done) {
    var log = logs.get(id);
    if (log == null) {
      done.run();
      return;
    }
    log.done =
        () -> {
          parts.loop().mailbox().post(() -> logs.remove(id, log));
          done.run();
        };
    if (!log.moving) {
      log.keeper.end(id, log.done);
    }
  }

  @Override
  public void last(ServiceId id, String name, int lines, Consumer<List<String>> answer) {
    var log = logs.get(id);
    (log == null ? keeper(name) : log.keeper).last(id, name, lines, answer);
  }

  @Override
  public void own(String line) {
    keeper(OWN).own(line);
  }

  /**
   * Writes the daemon's own lines, then does nothing until {@link #resume}. The services' lines
   * wait in their pipes. The wait for a slow disk is bounded.
   */
  public void pause(Duration longest) {
    if (started) {
      await(LogKeeper::pause, longest, "paused");
    }
  }

  /** Goes on after {@link #pause}. */
  public void resume() {
    all().forEach(LogKeeper::resume);
  }

  /**
   * Writes all lines that can be written within the time and ends the threads. The next daemon
   * writes the rest.
   */
  public void close(Duration longest) {
    if (started) {
      await(LogKeeper::close, longest, "written");
    }
  }

  /** Waits for all keepers that do not hang. */
  private void await(Function<LogKeeper, CountDownLatch> asked, Duration longest, String what) {
    var events = new ArrayList<CountDownLatch>();
    for (var keeper : all()) {
      var event = asked.apply(keeper);
      if (!hung.contains(keeper)) {
        events.add(event);
      }
    }
    await(events, longest, what);
  }

  private void await(List<CountDownLatch> events, Duration longest, String what) {
    long end = parts.loop().clock().nanos() + longest.toNanos();
    try {
      for (var event : events) {
        if (!event.await(end - parts.loop().clock().nanos(), TimeUnit.NANOSECONDS)) {
          parts
              .warn()
              .accept("logs could not be " + what + " within " + longest.toMillis() + " ms");
          return;
        }
      }
    } catch (InterruptedException ignored) { // never; the pipes keep their lines
      started = false;
    }
  }
}
