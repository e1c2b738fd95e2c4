package org.usersvc.client.command;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.definition.EditFile;
import org.usersvc.client.definition.MaskDefinitions;
import org.usersvc.client.definition.NewService;
import org.usersvc.client.definition.OverrideFile;
import org.usersvc.client.definition.ShowFiles;
import org.usersvc.client.local.Errand;
import org.usersvc.client.process.ListInstances;
import org.usersvc.client.process.StopDaemon;
import picocli.CommandLine.ParseResult;

/** The command lines of verbs that the client carries out by itself. */
record FileVerbs(ParseResult parsed) {
  /** What to do; null if the verb is not one of these. */
  @Nullable Errand errand(Verb verb, List<String> names) throws UsageException {
    return switch (verb) {
      case NEW ->
          new NewService(
              names.getFirst(),
              value(Option.EXEC),
              has(Option.OWN_LOG),
              has(Option.ONESHOT),
              has(Option.GRAPHICAL),
              value(Option.EVERY));
      case EDIT -> new EditFile(names.getFirst(), names.size() > 1 ? names.get(1) : "run", false);
      case OVERRIDE ->
          new OverrideFile(
              names.getFirst(), names.size() > 1 ? names.get(1) : null, has(Option.REMOVE));
      case CAT -> new ShowFiles(names);
      case MASK -> new MaskDefinitions(names, true);
      case UNMASK -> new MaskDefinitions(names, false);
      case STOP_DAEMON -> new StopDaemon(patience());
      case INSTANCES -> new ListInstances();
      default -> null;
    };
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
