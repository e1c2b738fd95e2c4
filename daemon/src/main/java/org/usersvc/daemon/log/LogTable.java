package org.usersvc.daemon.log;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.ServiceId;

/** All logs that are open. <b>Logger's thread only.</b> */
final class LogTable {
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

  void end(ServiceId id, Runnable done) {
    var log = open.remove(id);
    if (log == null) {
      done.run();
    } else {
      log.end(done);
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
