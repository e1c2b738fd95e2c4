package org.usersvc.daemon.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.ProcessTable.Entry;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.EventLoop;

/**
 * Reads {@code /proc}, in pieces. The environment of a process is read once for each program that
 * it executes, until it has an invocation id. After a reading that was not {@link #SHORT} the
 * daemon does other things for as long as it took, so that many who ask one after the other share a
 * table.
 *
 * <p>A process that has an id is read again after {@link #CURRENT} at the earliest, or when
 * somebody asks the table for it: whose it is stays, so that one unit after the other can ask
 * without all processes of all others being read. No pid is used anew so soon. <b>Loop thread
 * only.</b>
 */
public final class ProcCensus implements Census {
  private static final String INVOCATION = "INVOCATION_ID";
  private static final int PIECE = 32;
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration LONGEST_REST = Duration.ofMillis(100);
  private static final Duration CURRENT = Duration.ofMillis(250);

  private final FileSystem files;
  private final EventLoop loop;
  private final int self;
  private final List<Consumer<ProcessTable>> takers = new ArrayList<>();
  private final Alarm rest;
  private boolean begun;

  /** The processes of the last census. */
  private Map<Integer, Known> last = Map.of();

  /** When the last reading was over, and how long it took, in nanoseconds. */
  private long ended;

  private long took;

  private record Known(Entry entry, long image, long read) {
    boolean isStill(ProcessStat now) {
      boolean isSameProgram = image != 0 && image == now.image();
      return entry.start() == now.startTime() && (entry.invocation() != null || isSameProgram);
    }

    boolean isCurrent(long now) {
      return entry.invocation() != null && now - read < CURRENT.toNanos();
    }
  }

  /**
   * @param self the pid of the daemon, which is in no table
   */
  public ProcCensus(FileSystem files, EventLoop loop, int self) {
    this.files = files;
    this.loop = loop;
    this.self = self;
    this.rest = new Alarm(loop.timers());
  }

  @Override
  public void ask(Consumer<ProcessTable> taker) {
    takers.add(taker);
    if (!begun) {
      begun = true;
      beginRested();
    }
  }

  private void beginRested() {
    long left = ended + Math.min(took, LONGEST_REST.toNanos()) - loop.clock().nanos();
    if (took < SHORT.toNanos() || left <= 0) {
      loop.soon(this::begin);
    } else {
      rest.set(Duration.ofNanos(left), this::begin);
    }
  }

  private void begin() {
    var asked = List.copyOf(takers);
    takers.clear();
    loop.pieces().add(new Scan(asked, loop.clock().nanos())::next);
  }

  private void finish(Scan scan) {
    last = scan.known;
    ended = loop.clock().nanos();
    took = ended - scan.began;
    begun = !takers.isEmpty();
    if (begun) {
      beginRested();
    }
    var table = new ProcessTable(scan.found, scan.unread, this::now);
    loop.pieces().each(scan.asked, taker -> taker.accept(table), () -> {});
  }

  /** One reading of all processes. */
  private final class Scan {
    private final List<Consumer<ProcessTable>> asked;
    private final long began;
    private final Map<Integer, Entry> found = new HashMap<>();
    private final Map<Integer, Known> known = new HashMap<>();
    private final Set<Integer> unread = new HashSet<>();
    private @Nullable List<Integer> pids;
    private int at;

    Scan(List<Consumer<ProcessTable>> asked, long began) {
      this.asked = asked;
      this.began = began;
    }

    boolean next() {
      var all = pids == null ? pids() : pids;
      pids = all;
      for (int end = Math.min(at + PIECE, all.size()); at < end; at++) {
        read(all.get(at));
      }
      if (at == all.size()) {
        finish(this);
      }
      return at < all.size();
    }

    private List<Integer> pids() {
      try {
        return ProcessStat.pids(files);
      } catch (FileFault ignored) { // no /proc: no process is known but by its end
        return List.of();
      }
    }

    private void read(int pid) {
      var before = last.get(pid);
      boolean isCurrent = before != null && before.isCurrent(began);
      var now = before != null && isCurrent ? before : pid == self ? null : known(pid, before);
      if (now != null) {
        known.put(pid, now);
        found.put(pid, now.entry());
      }
      if (isCurrent) {
        unread.add(pid);
      }
    }
  }

  private @Nullable Known known(int pid, @Nullable Known before) {
    var stat = ProcessStat.of(files, pid);
    if (stat == null || stat.isZombie()) {
      return null;
    }
    String invocation =
        before != null && before.isStill(stat)
            ? before.entry().invocation()
            : ProcessEnvironment.value(files, pid, INVOCATION);
    var entry =
        new Entry(pid, stat.parent(), stat.group(), stat.session(), stat.startTime(), invocation);
    return new Known(entry, stat.image(), loop.clock().nanos());
  }

  /** The process as it is now; null if it has gone. */
  private @Nullable Entry now(Entry before) {
    var now = known(before.pid(), last.get(before.pid()));
    return now == null || now.entry().start() != before.start() ? null : now.entry();
  }
}
