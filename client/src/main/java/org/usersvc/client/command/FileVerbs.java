package org.usersvc.client.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.definition.NewService;
import org.usersvc.client.local.Errand;
import picocli.CommandLine.ParseResult;

/** The command lines of verbs that the client carries out by itself. */
record FileVerbs(ParseResult parsed) {
  /** What to do; null if the verb is not one of these. */
  @Nullable Errand errand(Verb verb, List<String> names) {
    return switch (verb) {
      case NEW ->
          new NewService(
              names.getFirst(),
              value(Option.EXEC),
              has(Option.OWN_LOG),
              has(Option.ONESHOT),
              has(Option.GRAPHICAL),
              value(Option.EVERY));
      default -> null;
    };
  }

  private boolean has(Option option) {
    return parsed.matchedOptionValue(option.word(), false);
  }

  private @Nullable String value(Option option) {
    return parsed.matchedOptionValue(option.word(), null);
  }
}
