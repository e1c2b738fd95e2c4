package org.usersvc.systemd.command;

import java.util.List;
import java.util.Map;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.engine.UnitRecord;
import org.usersvc.systemd.syntax.UnitName;

/** {@code systemctl is-active} and its like, whose exit statuses scripts look at. */
final class StateCommands {
  private static final int NOT_RUNNING = 3;
  private static final List<String> ENABLED =
      List.of("enabled", "enabled-runtime", "static", "alias", "indirect", "generated");

  private StateCommands() {}

  static void addTo(Map<String, Command> commands) {
    commands.put("is-active", asking -> check(asking, NOT_RUNNING, "active", "reloading"));
    commands.put("is-failed", asking -> check(asking, 1, "failed"));
    commands.put("is-enabled", StateCommands::isEnabled);
    commands.put("is-system-running", StateCommands::isRunning);
  }

  /** Successful if one of the units is in one of the states. */
  private static void check(Asking asking, int otherwise, String... good) throws WrongWords {
    int status = otherwise;
    for (UnitName name : asking.names(asking.some())) {
      String state =
          asking
              .manager()
              .find(name)
              .map(UnitRecord::state)
              .map(known -> known.active().word())
              .orElse("inactive");
      if (List.of(good).contains(state)) {
        status = 0;
      }
      if (!asking.has("quiet")) {
        asking.out(state);
      }
    }
    asking.end(status);
  }

  /** The first unit without a file ends it. */
  private static void isEnabled(Asking asking) throws WrongWords {
    boolean any = false;
    for (UnitName name : asking.names(asking.some())) {
      String state = fileState(asking, name);
      if (state.isEmpty()) {
        asking.err("Failed to get unit file state for " + name + ": No such file or directory");
        asking.end(1);
        return;
      }
      any |= ENABLED.contains(state);
      if (!asking.has("quiet")) {
        asking.out(state);
      }
    }
    asking.end(any ? 0 : 1);
  }

  /** Empty if it has no file. */
  private static String fileState(Asking asking, UnitName name) {
    var found = new String[] {""};
    asking.call(
        "GetUnitFileState",
        reply -> {
          if (reply instanceof Link.Reply.Values(var values)) {
            found[0] = values.getFirst().toString();
          }
        },
        name.toString());
    return found[0];
  }

  private static void isRunning(Asking asking) {
    String state = String.valueOf(asking.place().object().value("SystemState"));
    if (!asking.has("quiet")) {
      asking.out(state);
    }
    asking.end(state.equals("running") ? 0 : 1);
  }
}
