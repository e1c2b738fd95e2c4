package org.usersvc.systemd.command;

import java.util.List;
import java.util.Map;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.face.ObjectPaths;

/** {@code systemctl log-level} and its like: a property of the manager, shown or set. */
final class SettingCommands {
  private SettingCommands() {}

  static void addTo(Map<String, Command> commands) {
    commands.put("log-level", asking -> run(asking, "LogLevel", "log level"));
    commands.put("log-target", asking -> run(asking, "LogTarget", "log target"));
    commands.put("service-watchdogs", asking -> run(asking, "ServiceWatchdogs", "watchdogs"));
  }

  private static void run(Asking asking, String property, String what) throws WrongWords {
    var operands = asking.line().operands();
    if (operands.size() > 1) {
      throw new WrongWords("Too many arguments.");
    }
    if (operands.isEmpty()) {
      Object value = asking.place().object().value(property);
      asking.out(value instanceof Boolean is ? (is ? "yes" : "no") : value.toString());
      asking.end(0);
    } else {
      set(asking, property, what, operands.getFirst());
    }
  }

  private static void set(Asking asking, String property, String what, String value) {
    var call =
        new LocalCall(
            asking.reply().client(),
            ObjectPaths.MANAGER,
            "Set",
            "s",
            List.of(value),
            reply -> {
              if (reply instanceof Link.Reply.Failed(var _, var text)) {
                asking.err("Failed to set " + what + " to " + value + ": " + text);
                asking.end(1);
              } else {
                asking.end(0);
              }
            });
    asking.place().object().set(property, value, call);
  }
}
