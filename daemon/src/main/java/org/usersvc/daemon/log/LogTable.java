package org.usersvc.daemon.log;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;

/** All logs that are open. <b>Logger's thread only.</b> */
final class LogTable {
  private static final int LEAST_LAST = 8 * 1024;
  private static final int MOST_LAST = 256 * 1024;

  /** So many bytes are read for each of the last lines. */
  private static final int LINE_BYTES = 512;

  /** A log that was requested; the order outlives a thread that dies of it. */
  private static final class Order {
    private LogSource source;

    /** Null until a thread has begun the log. */
    private @Nullable PipeLog log;

    private @Nullable Runnable done;

    Order(LogSource source) {
      this.source = source;
    }
  }

  private final Map<ServiceId, Order> open;
  private final LogContext desk;
  private final OwnLines own;
  private final Consumer<String> warn;
  private boolean gone;

  LogTable(LogContext desk, Consumer<String> warn) {
    this(desk, warn, new HashMap<>());
  }

  private LogTable(LogContext desk, Consumer<String> warn, Map<ServiceId, Order> open) {
    this.open = open;
    this.desk = desk;
    this.own = new OwnLines(desk);
    this.warn = warn;
  }

  /** The table that goes on after the thread of this one has died. */
  LogTable next(LogContext other) {
    gone = true;
    var next = new LogTable(other, warn, open);
    for (var order : open.values()) {
      if (order.log != null) {
        order.log.abandon();
        order.log = null;
      }
      other.loop().soon(() -> next.startLater(order));
    }
    own.leaveTo(next.own);
    desk.ledger().close();
    desk.logs().close();
    return next;
  }

  void begin(LogSource source) {
    var order = new Order(source);
    var earlier = open.put(source.id(), order);
    if (earlier != null && earlier.log != null) {
      earlier.log.leave();
    }
    start(order);
  }

  /** Starts a log, unless this thread has died, too. */
  private void startLater(Order order) {
    if (!gone && order.log == null) {
      start(order);
    }
  }

  private void start(Order order) {
    try {
      order.log = new PipeLog(desk, order.source);
      if (order.done != null) {
        order.log.end(order.done);
      }
    } catch (FileFault fault) {
      open.remove(order.source.id(), order);
      warn.accept(
          "log of "
              + NativeText.printable(order.source.name())
              + ": "
              + fault.getMessage()
              + "; it is not written until the service is started again");
      if (order.done != null) {
        order.done.run();
      }
    }
  }

  /** Moves the ledger to a new file at that path if its file has gone. */
  void settle(String ledger) throws IOException {
    desk.ledger().settle(desk.files(), ledger);
  }

  void rename(ServiceId id, String name) {
    var order = open.get(id);
    if (order != null) {
      order.source = order.source.named(name);
      if (order.log != null) {
        order.log.rename(name);
      }
    }
  }

  void end(ServiceId id, Runnable done) {
    var order = open.get(id);
    if (order == null) {
      done.run();
      return;
    }
    order.done =
        () -> {
          open.remove(id, order);
          done.run();
        };
    if (order.log != null) {
      order.log.end(order.done);
    }
  }

  /** Closes the directory; the pipe keeps its content for the next keeper. */
  void leave(ServiceId id, Runnable done) {
    var order = open.remove(id);
    if (order != null && order.log != null) {
      order.log.handOver();
    }
    if (order != null && order.done != null) {
      order.done.run();
    }
    done.run();
  }

  List<String> last(ServiceId id, String name, int lines) {
    var order = open.get(id);
    if (order != null && order.log != null) {
      order.log.serve();
    }
    try {
      int most = Math.clamp((long) lines * LINE_BYTES, LEAST_LAST, MOST_LAST);
      byte[] end = desk.logs().end(desk.tree().current(name), most);
      var all = NativeText.decode(end).lines().toList();
      int whole = end.length == most ? 1 : 0;
      return all.subList(Math.max(whole, all.size() - lines), all.size());
    } catch (FileFault ignored) { // the log has no file yet
      return List.of();
    }
  }

  void own(String line) {
    own.add(line);
  }

  void close() {
    for (var order : List.copyOf(open.values())) {
      if (order.log != null) {
        order.log.leave();
      }
    }
    open.clear();
    own.close();
    desk.ledger().close();
  }
}
