package org.usersvc.systemd.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * Values as lists of words, with quotes and escapes.
 *
 * <p>Quotes of both kinds may begin anywhere in a word, and escapes count inside both. Source:
 * systemd.syntax(7), "Quoting", and what {@code systemd-analyze verify} 252 makes of values.
 */
public final class Words {
  /** How backslashes and open quotes are read. */
  public enum Style {
    /**
     * Escapes are replaced; an unknown one, or an open quote, is a mistake: {@code Environment=}.
     */
    STRICT,
    /** Escapes are replaced; an unknown one stays as it is, with a warning: {@code ExecStart=}. */
    LENIENT,
    /** Backslashes are characters like any other: lists of units, paths and names. */
    VERBATIM,
    /** A backslash protects the next character, and the end closes quotes: values of variables. */
    RELAXED
  }

  private static final String PLAIN = "_-+=/.,:@%^~[]{}";

  private Words() {}

  /**
   * The words of a value.
   *
   * @return the words before the first mistake that ends reading, and the flaws; in the styles
   *     STRICT, LENIENT and VERBATIM an open quote is a warning
   */
  public static Parsed<List<String>> split(String value, Style style) {
    var reader = new WordReader(value, style);
    var words = new ArrayList<String>();
    while (reader.hasNext()) {
      String word = reader.next();
      if (word == null) {
        break;
      }
      words.add(word);
    }
    return Parsed.of(List.copyOf(words), reader.flaws());
  }

  /**
   * A word as it can stand in a value: {@link #split} in the styles STRICT and LENIENT gives it
   * back.
   *
   * @param word any text without NUL
   */
  public static String quote(String word) {
    if (!word.isEmpty() && word.chars().allMatch(Words::isPlain)) {
      return word;
    }
    var quoted = new StringBuilder("\"");
    word.codePoints().forEach(c -> Escapes.write(quoted, c));
    return quoted.append('"').toString();
  }

  /** The words as one value, each quoted if need be, with spaces between them. */
  public static String join(List<String> words) {
    return String.join(" ", words.stream().map(Words::quote).toList());
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0;
  }
}
