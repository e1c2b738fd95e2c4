package org.usersvc.systemd.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.systemd.syntax.UnitName;

/** Answers {@code systemctl}. <b>Loop thread only.</b> */
public final class Systemctl implements Verbs.Handler {
  static final String NO_SYSTEM =
      "There is no system manager here: usersvc manages user services only, use --user.";

  private static final Usage USAGE =
      new Usage(
          "systemctl",
          true,
          """
          --user --system --host=,-H --machine=,-M --type=,-t --state= --property=,-p --P=,-P
          --all,-a --full,-l --recursive,-r --reverse --before --after --with-dependencies
          --job-mode= --fail --irreversible --ignore-dependencies,-i --quiet,-q --no-block --wait
          --no-legend --legend= --no-pager --plain --value --show-types --show-transaction,-T
          --signal=,-s --kill-who= --kill-whom= --lines=,-n --output=,-o --force,-f --now
          --runtime --no-reload --no-wall --no-warn --no-ask-password --failed --timestamp=
          --global --version --help,-h --check-inhibitors= --stdin --drop-in= --what=
          """);

  /**
   * They load their operands one after the other, as one may not be known yet to the one before.
   */
  private static final Set<String> SHOWING = Set.of("show", "status", "list-dependencies");

  private final Map<String, Command> commands = new HashMap<>();
  private final Set<String> ofJobs;
  private final Place place;

  public Systemctl(Place place) {
    this.place = place;
    JobCommands.addTo(commands);
    ofJobs = Set.copyOf(commands.keySet());
    StateCommands.addTo(commands);
    ListCommands.addTo(commands);
    FileCommands.addTo(commands);
    EnvironmentCommands.addTo(commands);
    ManagerCommands.addTo(commands);
    SettingCommands.addTo(commands);
    TriggerLists.addTo(commands);
    commands.put("show", ShowCommand::run);
    commands.put("status", StatusCommand::run);
    commands.put("list-dependencies", TreeCommand::run);
    commands.put("set-property", SetPropertyCommand::run);
    commands.put("help", HelpCommand::run);
  }

  @Override
  public void answer(List<String> words, Verbs.Reply reply) {
    try {
      var line = USAGE.parse(words);
      if (line.has("version")) {
        reply.copy(false, "systemd " + place.object().value("Version").toString());
        reply.end(0);
      } else {
        answer(line, reply);
      }
    } catch (WrongWords wrong) {
      fail(reply, wrong);
    }
  }

  private void answer(Line line, Verbs.Reply reply) throws WrongWords {
    if (!line.has("user") || line.has("system") || line.has("global") || line.has("host")) {
      throw new WrongWords(NO_SYSTEM);
    }
    String verb = line.operands().isEmpty() ? "list-units" : line.operands().getFirst();
    var command = commands.get(verb);
    if (command == null) {
      throw new WrongWords("Unknown command verb " + verb + ".");
    }
    var asking = new Asking(place, line.operands().isEmpty() ? line : line.rest(), reply);
    place.manager().get().whenRead(loaded(verb, asking), () -> run(command, asking));
  }

  /** The units that are loaded, and therefore read in pieces, before the command itself begins. */
  private List<UnitName> loaded(String verb, Asking asking) {
    long count = ofJobs.contains(verb) ? Long.MAX_VALUE : SHOWING.contains(verb) ? 1 : 0;
    return asking.line().operands().stream()
        .limit(count)
        .map(word -> UnitName.parse(word).or(() -> UnitName.parse(word + ".service")))
        .flatMap(Optional::stream)
        .filter(name -> !name.isTemplate())
        .toList();
  }

  private static void run(Command command, Asking asking) {
    try {
      command.run(asking);
    } catch (WrongWords wrong) {
      fail(asking.reply(), wrong);
    }
  }

  private static void fail(Verbs.Reply reply, WrongWords wrong) {
    reply.copy(true, String.valueOf(wrong.getMessage()));
    reply.end(1);
  }
}
