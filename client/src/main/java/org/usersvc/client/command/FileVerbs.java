package org.usersvc.client.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.definition.EditFile;
import org.usersvc.client.definition.MaskDefinitions;
import org.usersvc.client.definition.NewService;
import org.usersvc.client.definition.OverrideFile;
import org.usersvc.client.definition.ShowFiles;
import org.usersvc.client.local.Errand;
import org.usersvc.client.process.ListInstances;
import org.usersvc.client.process.StopDaemon;
import org.usersvc.client.top.Top;
import picocli.CommandLine.ParseResult;

/** The command lines of verbs that the client carries out by itself. */
record FileVerbs(ParseResult parsed, Map<String, String> environment) {
  /** What to do; null if the verb is not one of these. */
  @Nullable Errand errand(Verb verb, List<String> names) throws UsageException {
    String first = names.isEmpty() ? "" : names.getFirst();
    @Nullable String second = names.size() > 1 ? names.get(1) : null;
    if (verb == Verb.NEW) {
      return made(first);
    }
    if (verb == Verb.EDIT) {
      return new EditFile(first, second == null ? "run" : second, false);
    }
    if (verb == Verb.OVERRIDE) {
      return new OverrideFile(first, second, has(Option.REMOVE));
    }
    if (verb == Verb.MASK || verb == Verb.UNMASK) {
      return new MaskDefinitions(names, verb == Verb.MASK);
    }
    if (verb == Verb.STOP_DAEMON) {
      return new StopDaemon(patience());
    }
    if (verb == Verb.CAT) {
      return new ShowFiles(names);
    }
    if (verb == Verb.TOP) {
      return new Top(Color.of(value(Option.COLOR)).isWanted(environment));
    }
    return verb == Verb.INSTANCES ? new ListInstances() : null;
  }

  private Errand made(String name) {
    return new NewService(
        name,
        value(Option.EXEC),
        has(Option.OWN_LOG),
        has(Option.ONESHOT),
        has(Option.GRAPHICAL),
        value(Option.EVERY));
  }

  private @Nullable Duration patience() throws UsageException {
    @Nullable String wait = value(Option.WAIT);
    return wait == null ? null : Duration.ofMillis(WaitTime.millis("-w ", wait));
  }

  private boolean has(Option option) {
    return parsed.matchedOptionValue(option.word(), false);
  }

  private @Nullable String value(Option option) {
    return parsed.matchedOptionValue(option.word(), null);
  }
}
