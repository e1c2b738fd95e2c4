package org.usersvc.systemd.syntax;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One command of an {@code ExecStart=} or the like. Immutable.
 *
 * <p>Source: systemd.service(5), "Command lines".
 *
 * @param program an absolute path, or a file name without slashes to be looked up in PATH
 * @param words the arguments from argv[0] on, with variables not yet replaced; never empty
 * @param prefixes what stands before the program
 */
public record CommandLine(String program, List<String> words, Set<Prefix> prefixes) {
  /** The longest path of a program in characters. */
  public static final int LONGEST_PATH = 4095;

  /** The longest arguments in characters, all of them together, after replacement. */
  public static final int LONGEST = 2 << 20;

  /** So many commands a value may have, and so many words a command. */
  public static final int MOST = 10_000;

  /**
   * A character before the program that changes how it runs. {@link #PRIVILEGED} and {@link
   * #OWN_USER} mean nothing to the manager of a user.
   */
  public enum Prefix {
    /** {@code -}: failure of the command counts as success. */
    IGNORE_FAILURE('-'),
    /** {@code @}: the second word is argv[0]. */
    OWN_NAME('@'),
    /** {@code :}: variables are not replaced. */
    NO_VARIABLES(':'),
    /** {@code +}: restrictions of privileges do not apply. */
    PRIVILEGED('+'),
    /** {@code !} or {@code !!}: restrictions apart from the change of user apply. */
    OWN_USER('!'),
    /** {@code |}: the user's shell runs the command. */
    SHELL('|');

    private final char letter;

    Prefix(char letter) {
      this.letter = letter;
    }

    /** The prefix with this character; null if there is none. */
    static @Nullable Prefix of(char letter) {
      for (var prefix : values()) {
        if (prefix.letter == letter) {
          return prefix;
        }
      }
      return null;
    }
  }

  public CommandLine {
    words = List.copyOf(words);
    prefixes = Set.copyOf(prefixes);
  }

  /**
   * The commands of a value.
   *
   * @return the commands before the first mistake, and the flaws; a mistake in a command that does
   *     not begin with {@code -} is an {@link Severity#ERROR}
   */
  public static Parsed<List<CommandLine>> parse(String value, Specifiers specifiers) {
    return new CommandLineParser(value, specifiers).parse();
  }

  /** Whether a failure of the command counts as success. */
  public boolean ignoresFailure() {
    return prefixes.contains(Prefix.IGNORE_FAILURE);
  }

  /** Whether it runs as the manager's own user, whatever its unit says. */
  public boolean keepsUser() {
    return prefixes.contains(Prefix.PRIVILEGED) || prefixes.contains(Prefix.OWN_USER);
  }

  /**
   * The arguments with variables replaced: {@code ${X}} by the value; {@code $X}, as a word of its
   * own, by the words of the value; {@code $$} by {@code $}. An unset variable is empty.
   *
   * @param lookup gives the value of a variable, null if it is not set
   * @return without a value if the arguments become longer than {@link #LONGEST}
   */
  public Parsed<List<String>> arguments(Function<String, @Nullable String> lookup) {
    return prefixes.contains(Prefix.NO_VARIABLES)
        ? Parsed.of(words)
        : new Variables(lookup).replace(words);
  }

  /** The command as a value that {@link #parse} reads, but for specifiers: each word in quotes. */
  @Override
  public String toString() {
    return Words.join(words);
  }
}
