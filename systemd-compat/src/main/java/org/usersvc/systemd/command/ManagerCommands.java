package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.syntax.UnitName;

/** The verbs for the manager, and those that do something to units without a job. */
final class ManagerCommands {
  private static final int MOST_BYTES = 1 << 20;

  private ManagerCommands() {}

  static void addTo(Map<String, Command> commands) {
    commands.put("daemon-reload", ManagerCommands::reload);
    commands.put(
        "daemon-reexec", asking -> simple(asking, "Reexecute", "Reexecute daemon failed: "));
    commands.put("reset-failed", ManagerCommands::resetFailed);
    commands.put("kill", ManagerCommands::kill);
    commands.put("cat", ManagerCommands::cat);
    commands.put(
        "clean",
        asking ->
            each(
                asking,
                "Failed to clean unit ",
                (name, taker) -> asking.call("CleanUnit", taker, name.toString(), kinds(asking))));
    for (String word : List.of("freeze", "thaw")) {
      String method = Character.toUpperCase(word.charAt(0)) + word.substring(1) + "Unit";
      commands.put(
          word,
          asking ->
              each(
                  asking,
                  "Failed to " + word + " unit ",
                  (name, taker) -> asking.call(method, taker, name.toString())));
    }
  }

  /** What of a unit is to be cleaned. */
  private static List<String> kinds(Asking asking) {
    var given = asking.line().listed("what");
    return given.isEmpty() ? List.of("cache", "runtime") : given;
  }

  private static void reload(Asking asking) {
    asking.manager().reload(() -> asking.end(0));
  }

  /** A method without an answer. */
  static void simple(Asking asking, String method, String complaint, Object... arguments) {
    asking.call(
        method,
        reply -> {
          if (reply instanceof Link.Reply.Failed(var _, var text)) {
            asking.err(complaint + text);
            asking.end(1);
          } else {
            asking.end(0);
          }
        },
        arguments);
  }

  private static void resetFailed(Asking asking) throws WrongWords {
    if (asking.line().operands().isEmpty()) {
      asking.manager().resetAllFailed();
      asking.end(0);
      return;
    }
    each(
        asking,
        "Failed to reset failed state of unit ",
        (name, taker) -> asking.call("ResetFailedUnit", taker, name.toString()));
  }

  /** Calls a method for one unit. */
  private interface UnitCall {
    void make(UnitName name, Consumer<Link.Reply> taker);
  }

  private static void each(Asking asking, String complaint, UnitCall call) throws WrongWords {
    boolean[] failed = new boolean[1];
    for (var name : asking.names(asking.some())) {
      call.make(
          name,
          reply -> {
            if (reply instanceof Link.Reply.Failed(var _, var text)) {
              asking.err(complaint + name + ": " + text);
              failed[0] = true;
            }
          });
    }
    asking.end(failed[0] ? 1 : 0);
  }

  private static void kill(Asking asking) throws WrongWords {
    String word = asking.line().value("signal", "TERM");
    var signal = Signal.of(word.replaceFirst("^SIG", ""));
    if (signal == null) {
      throw new WrongWords("Failed to parse signal string \"" + word + "\".");
    }
    String who = asking.line().value("kill-whom", asking.line().value("kill-who", "all"));
    each(
        asking,
        "Failed to kill unit ",
        (name, taker) -> asking.call("KillUnit", taker, name.toString(), who, signal.number()));
  }

  private static void cat(Asking asking) throws WrongWords {
    int status = 0;
    boolean first = true;
    for (var name : asking.names(asking.some())) {
      var own = Properties.of(asking, name);
      var paths = new ArrayList<>(List.of(own.text("FragmentPath")));
      paths.addAll(own.texts("DropInPaths"));
      paths.removeIf(String::isEmpty);
      if (own.text("LoadState").equals("masked")) {
        asking.out((first ? "" : "\n") + "# Unit " + name + " is masked.");
        first = false;
        paths.clear();
      } else if (paths.isEmpty()) {
        asking.err("No files found for " + name + ".");
        status = 1;
      }
      for (String path : paths) {
        if (!first) {
          asking.out("");
        }
        first = false;
        show(asking, path);
      }
    }
    asking.end(status);
  }

  private static void show(Asking asking, String path) throws WrongWords {
    try {
      byte[] bytes = asking.place().host().files().read(FileSystem.ABSOLUTE, path, MOST_BYTES);
      asking.out("# " + path);
      String text = NativeText.decode(bytes);
      asking.out(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    } catch (FileFault fault) {
      throw new WrongWords("Failed to cat " + path + ": " + fault.getMessage());
    }
  }
}
