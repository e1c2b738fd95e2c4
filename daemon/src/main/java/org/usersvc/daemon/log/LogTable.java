package org.usersvc.daemon.log;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;

/** All logs that are open. <b>Logger's thread only.</b> */
final class LogTable {
  private static final int LAST_BYTES = 8 * 1024;

  private final Map<ServiceId, PipeLog> open = new HashMap<>();
  private final Desk desk;
  private final OwnLines own;
  private final Consumer<String> warn;

  LogTable(Desk desk, Consumer<String> warn) {
    this.desk = desk;
    this.own = new OwnLines(desk);
    this.warn = warn;
  }

  void begin(LogSource source) {
    var earlier = open.remove(source.id());
    if (earlier != null) {
      earlier.leave();
    }
    try {
      open.put(source.id(), new PipeLog(desk, source));
    } catch (FileFault fault) {
      warn.accept(
          "log of "
              + NativeText.printable(source.name())
              + ": "
              + fault.getMessage()
              + "; it is not written until the service is started again");
    }
  }

  /** Goes on in another file of that path if that of the ledger has gone. */
  void settle(String ledger) throws IOException {
    desk.ledger().settle(desk.files(), ledger);
  }

  void end(ServiceId id, Runnable done) {
    var log = open.remove(id);
    if (log == null) {
      done.run();
    } else {
      log.end(done);
    }
  }

  List<String> last(ServiceId id, String name, int lines) {
    var log = open.get(id);
    if (log != null) {
      log.serve();
    }
    try {
      byte[] end = desk.logs().end(desk.tree().current(name), LAST_BYTES);
      var all = NativeText.decode(end).lines().toList();
      int whole = end.length == LAST_BYTES ? 1 : 0;
      return all.subList(Math.max(whole, all.size() - lines), all.size());
    } catch (FileFault ignored) { // it has not written anything
      return List.of();
    }
  }

  void own(String line) {
    own.add(line);
  }

  void close() {
    open.values().forEach(PipeLog::leave);
    open.clear();
    own.close();
    desk.ledger().close();
  }
}
