package org.usersvc.systemd.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.face.UnitVerbs.Verb;

/** {@code systemctl enable} and the other verbs that change links to unit files. */
final class FileCommands {
  private static final String NO_RULES =
      """
      Nothing was enabled: the unit files name nothing in [Install] that they
      could be linked to, by WantedBy=, RequiredBy=, Alias= or Also=.

      Such units start in other ways: another unit wants or requires them, a
      socket, timer, path or bus name starts them, or you do. A template has to
      be enabled by the name of an instance, unless it has a DefaultInstance=.\
      """;

  private FileCommands() {}

  /** Asks for a change. */
  private interface Change {
    void ask(Asking asking, List<String> names, Ending ending);
  }

  static void addTo(Map<String, Command> commands) {
    put(commands, "enable", "enable", "EnableUnitFiles", true);
    put(commands, "reenable", "reenable", "ReenableUnitFiles", true);
    put(commands, "link", "link", "LinkUnitFiles", true);
    put(commands, "mask", "mask", "MaskUnitFiles", true);
    put(commands, "disable", "disable", "DisableUnitFiles", false);
    put(commands, "unmask", "unmask", "UnmaskUnitFiles", false);
    put(commands, "preset", "preset", "PresetUnitFiles", true);
    commands.put(
        "revert",
        asking ->
            change(
                asking,
                "revert",
                (each, names, ending) -> each.call("RevertUnitFiles", ending::take, names)));
    commands.put("add-wants", asking -> depend(asking, "Wants"));
    commands.put("add-requires", asking -> depend(asking, "Requires"));
    commands.put("get-default", FileCommands::getDefault);
    commands.put("set-default", FileCommands::setDefault);
  }

  /** A method of names, whether it is for this boot only, and perhaps whether it is by force. */
  private static void put(
      Map<String, Command> commands, String verb, String word, String method, boolean forced) {
    commands.put(
        verb,
        asking ->
            change(
                asking,
                word,
                (each, names, ending) -> {
                  if (forced) {
                    each.call(method, ending::take, names, each.has("runtime"), each.has("force"));
                  } else {
                    each.call(method, ending::take, names, each.has("runtime"));
                  }
                }));
  }

  private static void change(Asking asking, String word, Change change) throws WrongWords {
    var names = new ArrayList<String>();
    for (String operand : asking.some()) {
      names.add(operand.contains("/") ? path(asking, operand) : Asking.name(operand).toString());
    }
    change.ask(asking, names, new Ending(asking, word, names));
  }

  private static void depend(Asking asking, String relation) throws WrongWords {
    if (asking.line().operands().size() < 2) {
      throw new WrongWords("Too few arguments.");
    }
    String target = Asking.name(asking.line().operands().getFirst(), ".target").toString();
    change(
        new Asking(asking.place(), asking.line().rest(), asking.reply()),
        "add dependency",
        (each, names, ending) ->
            each.call(
                "AddDependencyUnitFiles",
                ending::take,
                names,
                target,
                relation,
                each.has("runtime"),
                each.has("force")));
  }

  private static void getDefault(Asking asking) {
    asking.call(
        "GetDefaultTarget",
        reply -> {
          if (reply instanceof Link.Reply.Values(var values)) {
            asking.out(values.getFirst().toString());
          }
          asking.end(0);
        });
  }

  private static void setDefault(Asking asking) throws WrongWords {
    var operands = asking.some();
    String target = Asking.name(operands.getFirst(), ".target").toString();
    var ending = new Ending(asking, "set default target", List.of());
    asking.call("SetDefaultTarget", ending::take, target, true);
  }

  /** A path that is relative to where the client is. */
  private static String path(Asking asking, String word) throws WrongWords {
    return word.startsWith("/") ? word : Clients.directory(asking) + "/" + word;
  }

  /** What follows a change: it is shown, all is reloaded, units start or stop. */
  private record Ending(Asking asking, String word, List<String> names) {
    void take(Link.Reply reply) {
      switch (reply) {
        case Link.Reply.Failed(var _, var text) -> {
          String what = names.isEmpty() || word.startsWith("add") ? word : word + " unit";
          asking.err("Failed to " + what + ": " + text);
          asking.end(1);
        }
        case Link.Reply.Values(var values) -> {
          show((List<?>) values.getLast());
          boolean lacksRules = values.size() > 1 && Boolean.FALSE.equals(values.getFirst());
          if (lacksRules && !asking.has("quiet")) {
            asking.err(NO_RULES);
          }
          if (asking.has("no-reload")) {
            goOn();
          } else {
            asking.manager().reload(this::goOn);
          }
        }
      }
    }

    private void show(List<?> changes) {
      for (Object each : changes) {
        var row = (Object[]) each;
        String text = text(row[0].toString(), row[1].toString(), row[2].toString());
        if (text != null && !asking.has("quiet")) {
          asking.err(text);
        }
      }
    }

    private static @Nullable String text(String kind, String path, String source) {
      return switch (kind) {
        case "symlink" -> "Created symlink " + path + " → " + source + ".";
        case "unlink" -> "Removed \"" + path + "\".";
        case "masked" -> "Unit " + path + " is masked, ignoring.";
        case "destination not present" ->
            "Unit " + source + " is added as a dependency to a non-existent unit " + path + ".";
        default -> null;
      };
    }

    private void goOn() {
      boolean now = asking.has("now") && !names.isEmpty();
      switch (now ? word : "") {
        case "enable", "reenable" -> jobs(Verb.START);
        case "disable", "mask" -> jobs(Verb.STOP);
        default -> asking.end(0);
      }
    }

    private void jobs(Verb verb) {
      try {
        var units = new ArrayList<String>();
        names.forEach(name -> units.add(name.substring(name.lastIndexOf('/') + 1)));
        JobCommands.ask(asking, verb, "replace", asking.names(units));
      } catch (WrongWords wrong) {
        asking.err(String.valueOf(wrong.getMessage()));
        asking.end(1);
      }
    }
  }
}
