package org.usersvc.daemon.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.execution.ProcessTable.Entry;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.ProcessEnvironment;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.model.Environment;

/**
 * Reads {@code /proc}, in pieces. The invocation id of a process is read once in its life. <b>Loop
 * thread only.</b>
 */
public final class ProcCensus implements Census {
  private static final String INVOCATION = "INVOCATION_ID";
  private static final int PIECE = 32;

  private final FileSystem files;
  private final EventLoop loop;
  private final int self;
  private final List<Consumer<ProcessTable>> takers = new ArrayList<>();
  private boolean begun;

  /** The processes of the last census. */
  private Map<Integer, Entry> last = Map.of();

  /**
   * @param self the pid of the daemon, which is in no table
   */
  public ProcCensus(FileSystem files, EventLoop loop, int self) {
    this.files = files;
    this.loop = loop;
    this.self = self;
  }

  @Override
  public void ask(Consumer<ProcessTable> taker) {
    takers.add(taker);
    if (!begun) {
      begun = true;
      loop.soon(this::begin);
    }
  }

  private void begin() {
    var asked = List.copyOf(takers);
    takers.clear();
    loop.pieces().add(new Scan(asked)::next);
  }

  private void finish(Map<Integer, Entry> found, List<Consumer<ProcessTable>> asked) {
    last = found;
    begun = !takers.isEmpty();
    if (begun) {
      loop.soon(this::begin);
    }
    var table = new ProcessTable(found);
    asked.forEach(taker -> loop.guard(() -> taker.accept(table)));
  }

  /** One reading of all processes. */
  private final class Scan {
    private final List<Consumer<ProcessTable>> asked;
    private final Map<Integer, Entry> found = new HashMap<>();
    private @Nullable List<Integer> pids;
    private int at;

    Scan(List<Consumer<ProcessTable>> asked) {
      this.asked = asked;
    }

    boolean next() {
      var all = pids == null ? pids() : pids;
      pids = all;
      for (int end = Math.min(at + PIECE, all.size()); at < end; at++) {
        read(all.get(at));
      }
      if (at == all.size()) {
        finish(found, asked);
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
      var stat = pid == self ? null : ProcessStat.of(files, pid);
      if (stat != null && !stat.isZombie()) {
        var entry =
            new Entry(
                pid,
                stat.parent(),
                stat.group(),
                stat.session(),
                stat.startTime(),
                invocation(pid, stat.startTime()));
        found.put(pid, entry);
      }
    }
  }

  private @Nullable String invocation(int pid, long start) {
    var before = last.get(pid);
    if (before != null && before.start() == start && before.invocation() != null) {
      return before.invocation();
    }
    try {
      return Environment.parse(ProcessEnvironment.block(files, pid)).value(INVOCATION);
    } catch (FileFault ignored) { // it has gone, or is another user's
      return null;
    }
  }
}
