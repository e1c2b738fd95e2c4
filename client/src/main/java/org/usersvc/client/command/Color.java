package org.usersvc.client.command;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.Output;

/** When text has colours (the same in line.c). */
enum Color {
  AUTO,
  ALWAYS,
  NEVER;

  /** The verbs whose text the daemon paints. */
  private static final Set<Verb> PAINTED = Set.of(Verb.LIST, Verb.STATUS, Verb.TREE);

  /** {@code word}: the value of the option, null if it was not given. */
  static Color of(@Nullable String word) throws UsageException {
    if (word == null) {
      return AUTO;
    }
    return switch (word) {
      case "auto" -> AUTO;
      case "always" -> ALWAYS;
      case "never" -> NEVER;
      default -> throw UsageException.of("--color " + word + " is not auto, always or never");
    };
  }

  /** Whether the daemon is asked for colours. */
  boolean isAskedFor(Verb verb, Map<String, String> environment) {
    return PAINTED.contains(verb) && isWanted(environment);
  }

  /** Whether standard output gets colours: by itself only a terminal that has some. */
  boolean isWanted(Map<String, String> environment) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !isDumb(environment.getOrDefault("TERM", ""))
              && Output.isTerminal();
    };
  }

  private static boolean isDumb(String terminal) {
    return terminal.isEmpty() || terminal.equals("dumb");
  }
}
