package org.usersvc.client.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.local.Definitions;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.local.Refusal;
import org.usersvc.client.local.ScanDirectory;
import org.usersvc.client.local.SearchPath;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.NativePath;

/**
 * Makes a definition of the user's.
 *
 * @param command for the shell, null if it is not given
 * @param every the time between two starts, null if there is no schedule
 * @param log whether it has a log service of its own
 */
public record NewService(
    String name,
    @Nullable String command,
    boolean log,
    boolean oneshot,
    boolean graphical,
    @Nullable String every)
    implements Errand {
  /** Loggers that append to a directory, with the options that stamp lines, best first. */
  private static final List<String> LOGGERS = List.of("svlogd -tt", "s6-log T", "multilog t");

  private static final Pattern DURATION =
      Pattern.compile("[1-9][0-9]*\\s*(?:s|sec|min|m|h|hours?|d|days?|w|weeks?)");

  private static final Pattern FIRST_WORD =
      Pattern.compile("(?:[A-Za-z_][A-Za-z0-9_]*=\\S*\\s+)*(?:exec\\s+)?([A-Za-z0-9._/+-]+).*");

  @Override
  public int run(Desk desk) throws LostOutputException {
    try {
      Path made = make(desk);
      report(desk, made);
      return 0;
    } catch (Refusal refusal) {
      desk.console().fail(name, refusal.text());
      return 1;
    }
  }

  private Path make(Desk desk) throws Refusal, LostOutputException {
    ServiceName.check(name);
    checkOptions();
    Definitions definitions = Definitions.of(desk);
    requireFree(desk, definitions);
    var plan = new Blueprint(name, text(), traits(), every, log ? logger(desk) : null);
    Path place = NativePath.of(definitions.user() + "/" + name);
    Map<String, String> files = plan.files();
    try {
      FreshDirectory.make(
          place,
          hidden -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
              boolean script = Blueprint.isScript(file.getKey());
              FreshDirectory.write(hidden.resolve(file.getKey()), file.getValue(), script);
            }
          });
    } catch (IOException fault) {
      throw Refusal.of("nothing was made", fault);
    }
    return place;
  }

  private String text() {
    return command == null ? "" : command;
  }

  private Set<Blueprint.Trait> traits() {
    var traits = new HashSet<Blueprint.Trait>();
    if (oneshot) {
      traits.add(Blueprint.Trait.ONESHOT);
    }
    if (graphical) {
      traits.add(Blueprint.Trait.GRAPHICAL);
    }
    return traits;
  }

  private void checkOptions() throws Refusal {
    if (command != null && command.isBlank()) {
      throw new Refusal("--exec is empty; give it the command, such as --exec 'foot --server'");
    }
    if (text().strip().endsWith("&") && !text().strip().endsWith("&&")) {
      throw new Refusal(
          "a service has to stay in the foreground; leave out the & at the end of --exec");
    }
    if (every != null && !DURATION.matcher(every).matches()) {
      throw new Refusal("--every " + every + " is no time like 15min, 1h or 2d");
    }
  }

  private void requireFree(Desk desk, Definitions definitions) throws Refusal {
    String own = definitions.user() + "/" + name;
    if (Files.exists(NativePath.of(own), LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal("there is " + own + " already; usersvc edit " + name + " changes it");
    }
    String service = ScanDirectory.of(desk) + "/" + name;
    if (Files.exists(NativePath.of(service), LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal(
          "there is a service " + service + " already; usersvc edit " + name + " changes it");
    }
    @Nullable String shipped = definitions.find(name);
    if (shipped != null) {
      throw new Refusal(
          shipped
              + " has this name; usersvc enable "
              + name
              + " makes a service of it, usersvc edit "
              + name
              + " changes it for you");
    }
  }

  private static String logger(Desk desk) throws Refusal {
    for (String logger : LOGGERS) {
      if (SearchPath.has(desk, logger.substring(0, logger.indexOf(' ')))) {
        return logger;
      }
    }
    throw new Refusal(
        "--log needs svlogd, s6-log or multilog, and PATH has none; without --log usersvcd keeps"
            + " the log");
  }

  private void report(Desk desk, Path made) throws LostOutputException {
    String place = NativePath.text(made);
    String next = desk.usersvc() + (command == null ? " edit " : " enable --now ") + name;
    desk.console().say(name + ": made " + place);
    desk.console().say("next: " + next);
    desk.console()
        .document(generator -> {
          generator.writeStringField("name", name);
          generator.writeStringField("result", "made");
          generator.writeStringField("path", place);
          generator.writeStringField("next", next);
        });
    Matcher words = FIRST_WORD.matcher(text().strip());
    if (words.matches() && !SearchPath.has(desk, words.group(1))) {
      desk.console()
          .remark(name + ": " + words.group(1) + " is not in your PATH; is it installed?");
    }
  }
}
