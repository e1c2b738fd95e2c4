package org.usersvc.systemd.unit;

import java.util.List;
import java.util.Set;

/**
 * One command line of a unit, split into words; variables are not yet put in. Immutable.
 *
 * <p>Source: systemd.service(5), "COMMAND LINES".
 *
 * @param program an absolute path, or a name without slash that is looked up
 * @param arguments all words from argv[0] on, with {@code $X} and {@code ${X}} as written
 */
public record ExecCommand(String program, List<String> arguments, Set<Prefix> prefixes) {
  /** What a prefix asks for. {@code +} and {@code !} mean nothing to a user's manager. */
  public enum Prefix {
    /** {@code -}: a failure counts as success. */
    IGNORE_FAILURE,
    /** {@code :}: variables are not put in. */
    NO_EXPANSION,
    /** {@code @}: the first argument is argv[0]. */
    ARGV0,
    /** {@code |}: the user's shell runs it. */
    SHELL
  }

  public ExecCommand {
    arguments = List.copyOf(arguments);
    prefixes = Set.copyOf(prefixes);
  }

  /** Whether a failure of the command counts as success. */
  public boolean ignoresFailure() {
    return prefixes.contains(Prefix.IGNORE_FAILURE);
  }
}
