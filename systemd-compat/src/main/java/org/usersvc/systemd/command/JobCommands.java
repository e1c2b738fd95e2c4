package org.usersvc.systemd.command;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.systemd.face.UnitVerbs.Verb;
import org.usersvc.systemd.syntax.UnitName;

/** {@code systemctl start} and the other verbs that ask for jobs, and wait for them. */
final class JobCommands {
  private JobCommands() {}

  static void addTo(Map<String, Command> commands) {
    add(commands, Verb.START, "start");
    add(commands, Verb.STOP, "stop");
    add(commands, Verb.RELOAD, "reload");
    add(commands, Verb.RESTART, "restart");
    add(commands, Verb.TRY_RESTART, "try-restart", "condrestart");
    add(commands, Verb.RELOAD_OR_RESTART, "reload-or-restart");
    add(
        commands,
        Verb.RELOAD_OR_TRY_RESTART,
        "try-reload-or-restart",
        "reload-or-try-restart",
        "condreload",
        "force-reload");
    commands.put("isolate", JobCommands::isolate);
    commands.put("exit", JobCommands::exit);
    commands.put("default", asking -> ask(asking, Verb.START, "isolate", targets("default")));
    commands.put("cancel", JobCommands::cancel);
  }

  private static void add(Map<String, Command> commands, Verb verb, String... words) {
    for (String word : words) {
      commands.put(word, asking -> ask(asking, verb));
    }
  }

  private static Set<UnitName> targets(String name) {
    return Set.of(UnitName.of(name + ".target"));
  }

  private static void isolate(Asking asking) throws WrongWords {
    var operands = asking.some();
    if (operands.size() > 1) {
      throw new WrongWords("Too many arguments.");
    }
    ask(asking, Verb.START, "isolate", Set.of(Asking.name(operands.getFirst(), ".target")));
  }

  private static void exit(Asking asking) throws WrongWords {
    var operands = asking.line().operands();
    if (!operands.isEmpty()) {
      if (!operands.getFirst().matches("[0-9]{1,3}")) {
        throw new WrongWords("Invalid exit code.");
      }
      byte code = (byte) Integer.parseInt(operands.getFirst());
      asking.call("SetExitCode", _ -> {}, code); // it takes every number
    }
    ManagerCommands.simple(asking, "Exit", "Failed to exit: ");
  }

  static void ask(Asking asking, Verb verb) throws WrongWords {
    ask(asking, verb, mode(asking), asking.names(asking.some()));
  }

  private static String mode(Asking asking) {
    String otherwise =
        asking.has("fail") ? "fail" : asking.has("irreversible") ? "replace-irreversibly" : null;
    return asking.line().value("job-mode", otherwise == null ? "replace" : otherwise);
  }

  /** Asks for jobs of all units, and ends the answer when they have ended. */
  static void ask(Asking asking, Verb verb, String mode, Set<UnitName> units) {
    new JobBatch(asking, verb, mode, new LinkedHashSet<>(units)).begin();
  }

  private static void cancel(Asking asking) throws WrongWords {
    var operands = asking.line().operands();
    if (operands.isEmpty()) {
      asking.manager().cancelAll();
    }
    boolean all = true;
    for (String word : operands) {
      all &= cancel(asking, word);
    }
    asking.end(all ? 0 : 1);
  }

  private static boolean cancel(Asking asking, String word) throws WrongWords {
    if (!word.matches("[0-9]{1,9}")) {
      throw new WrongWords("Failed to parse job id \"" + word + "\": Invalid argument");
    }
    boolean known = asking.manager().cancel(Integer.parseInt(word));
    if (!known) {
      asking.err("Failed to cancel job " + word + ": Job " + word + " does not exist.");
    }
    return known;
  }

  /** The units that trigger a unit and are active: it may start again. */
  static List<String> triggers(Asking asking, UnitName unit) {
    return Properties.of(asking, unit).texts("TriggeredBy").stream()
        .filter(
            name -> Properties.of(asking, UnitName.of(name)).text("ActiveState").equals("active"))
        .toList();
  }
}
