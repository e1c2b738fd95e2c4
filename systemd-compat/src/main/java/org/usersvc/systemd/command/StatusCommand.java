package org.usersvc.systemd.command;

import java.util.Iterator;
import java.util.List;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.face.ObjectPaths;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;

/** {@code systemctl status}: of units, one after another, or of the manager. */
final class StatusCommand {
  private static final int NOT_RUNNING = 3;
  private static final int NOT_KNOWN = 4;

  private final Asking asking;
  private final Iterator<UnitName> names;
  private final int lines;
  private boolean isFirst = true;
  private int status;

  private StatusCommand(Asking asking, List<UnitName> names, int lines) {
    this.asking = asking;
    this.names = names.iterator();
    this.lines = lines;
  }

  static void run(Asking asking) throws WrongWords {
    var words = asking.line().operands();
    int lines = LogTail.wanted(asking);
    if (words.isEmpty() && !asking.has("all") && !asking.has("type") && !asking.has("state")) {
      ManagerStatus.show(asking);
    } else if (words.size() == 1 && words.getFirst().matches("[0-9]{1,9}")) {
      ofProcess(asking, Long.parseLong(words.getFirst()), lines);
    } else {
      new StatusCommand(asking, names(asking), lines).next();
    }
  }

  private static List<UnitName> names(Asking asking) throws WrongWords {
    var words = asking.line().operands();
    return words.isEmpty()
        ? ListCommands.meant(asking).stream().map(unit -> unit.unit().id()).toList()
        : List.copyOf(asking.names(words));
  }

  /** The status of the unit that a process belongs to. */
  private static void ofProcess(Asking asking, long pid, int lines) {
    asking.call(
        "GetUnitByPID",
        reply -> {
          switch (reply) {
            case Link.Reply.Failed(var _, var text) -> {
              asking.err("Failed to get unit for PID " + pid + ": " + text);
              asking.end(1);
            }
            case Link.Reply.Values(var values) ->
                ObjectPaths.unitAt(values.getFirst().toString())
                    .ifPresentOrElse(
                        unit -> new StatusCommand(asking, List.of(unit), lines).next(),
                        () -> asking.end(1));
          }
        },
        pid);
  }

  private void next() {
    while (names.hasNext()) {
      var name = names.next();
      var record = asking.manager().load(name);
      if (record.unit().loadState() == LoadState.NOT_FOUND && record.state().isDown()) {
        asking.err("Unit " + name + " could not be found.");
        status = NOT_KNOWN;
      } else {
        show(name);
        return;
      }
    }
    asking.end(status);
  }

  private void show(UnitName name) {
    if (!isFirst) {
      asking.out("");
    }
    isFirst = false;
    var unit = new UnitStatus(asking, name);
    unit.show();
    status = unit.isDown() && status == 0 ? NOT_RUNNING : status;
    new LogTail(asking, name, unit.started()).read(lines, this::showLog);
  }

  private void showLog(List<String> log) {
    if (!log.isEmpty()) {
      asking.out("");
      log.forEach(asking::out);
    }
    next();
  }
}
