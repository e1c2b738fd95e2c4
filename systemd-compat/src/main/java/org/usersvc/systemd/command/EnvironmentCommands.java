package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;

/** {@code systemctl show-environment} and its like. */
final class EnvironmentCommands {
  private EnvironmentCommands() {}

  static void addTo(Map<String, Command> commands) {
    commands.put("show-environment", EnvironmentCommands::show);
    commands.put(
        "set-environment",
        asking ->
            ManagerCommands.simple(
                asking, "SetEnvironment", "Failed to set environment: ", asking.some()));
    commands.put(
        "unset-environment",
        asking ->
            ManagerCommands.simple(
                asking, "UnsetEnvironment", "Failed to set environment: ", asking.some()));
    commands.put("import-environment", EnvironmentCommands::load);
  }

  private static void show(Asking asking) {
    if (asking.place().object().value("Environment") instanceof List<?> list) {
      for (Object each : list) {
        String text = each.toString();
        int equals = text.indexOf('=');
        asking.out(text.substring(0, equals + 1) + ShellText.of(text.substring(equals + 1)));
      }
    }
    asking.end(0);
  }

  private static void load(Asking asking) throws WrongWords {
    var own = environment(asking);
    var names = new ArrayList<>(asking.line().operands());
    if (names.isEmpty()) {
      asking.err("Calling import-environment without a list of variable names is deprecated.");
      own.variables().keySet().stream().filter(Environment::isName).forEach(names::add);
    }
    var assignments = new ArrayList<String>();
    for (String name : names) {
      if (!Environment.isName(name)) {
        throw new WrongWords("Not a valid environment variable name: " + name);
      }
      String value = own.value(name);
      if (value == null) {
        asking.err("Environment variable $" + name + " not set, ignoring.");
      } else {
        assignments.add(name + "=" + value);
      }
    }
    if (assignments.isEmpty()) {
      asking.end(0);
    } else {
      ManagerCommands.simple(
          asking, "SetEnvironment", "Failed to import environment: ", assignments);
    }
  }

  /** The environment of the client. */
  static Environment environment(Asking asking) throws WrongWords {
    try {
      return asking.place().host().environmentOf(asking.reply().client());
    } catch (FileFault fault) {
      throw new WrongWords("Failed to read your environment: " + fault.getMessage());
    }
  }
}
