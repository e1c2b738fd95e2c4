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

  private static void isEnabled(Asking asking) throws WrongWords {
    boolean[] any = new boolean[1];
    for (UnitName name : asking.names(asking.some())) {
      asking.call(
          "GetUnitFileState",
          reply -> {
            switch (reply) {
              case Link.Reply.Values(var values) -> {
                any[0] |= ENABLED.contains(values.getFirst().toString());
                if (!asking.has("quiet")) {
                  asking.out(values.getFirst().toString());
                }
              }
              case Link.Reply.Failed(var _, var _) ->
                  asking.err(
                      "Failed to get unit file state for " + name + ": No such file or directory");
            }
          },
          name.toString());
    }
    asking.end(any[0] ? 0 : 1);
  }

  private static void isRunning(Asking asking) {
    String state = String.valueOf(asking.place().object().value("SystemState"));
    if (!asking.has("quiet")) {
      asking.out(state);
    }
    asking.end(state.equals("running") ? 0 : 1);
  }
}
