package org.usersvc.systemd.condition;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns of the shell: {@code *}, {@code ?} and {@code [...]}. A slash is a character like
 * others. Immutable.
 */
public final class Glob {
  private final Pattern pattern;

  private Glob(Pattern pattern) {
    this.pattern = pattern;
  }

  /** The pattern of that text; one that is not complete matches only itself. */
  public static Glob of(String text) {
    try {
      return new Glob(Pattern.compile(regex(text), Pattern.DOTALL));
    } catch (PatternSyntaxException notComplete) {
      return new Glob(Pattern.compile(Pattern.quote(text)));
    }
  }

  /** Whether all of {@code text} matches. */
  public boolean matches(String text) {
    return pattern.matcher(text).matches();
  }

  private static String regex(String text) {
    var regex = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = c == '[' ? text.indexOf(']', at + 2) : -1;
      if (end > 0) {
        regex.append(set(text.substring(at + 1, end)));
        at = end;
      } else if (c == '\\' && at + 1 < text.length()) {
        at++;
        regex.append(Pattern.quote(text.substring(at, at + 1)));
      } else {
        regex.append(one(c));
      }
      at++;
    }
    return regex.toString();
  }

  private static String one(char c) {
    return switch (c) {
      case '*' -> ".*";
      case '?' -> ".";
      default -> Pattern.quote(String.valueOf(c));
    };
  }

  private static String set(String members) {
    boolean isNegated = members.startsWith("!") || members.startsWith("^");
    String rest = isNegated ? members.substring(1) : members;
    return (isNegated ? "[^" : "[") + rest.replaceAll("[\\\\\\[\\]&^]", "\\\\$0") + "]";
  }
}
