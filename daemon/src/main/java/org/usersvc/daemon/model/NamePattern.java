package org.usersvc.daemon.model;

import java.util.Collection;

/**
 * Patterns of names as {@code fnmatch(3)} has them: {@code *}, {@code ?}, {@code [a-z]}, {@code
 * [!a]} and a backslash before what is meant literally.
 */
public final class NamePattern {
  private final String pattern;

  public NamePattern(String pattern) {
    this.pattern = pattern;
  }

  /** Whether a name matches any of the patterns; without patterns every name does. */
  public static boolean any(Collection<String> patterns, String name) {
    return patterns.isEmpty()
        || patterns.stream().anyMatch(pattern -> new NamePattern(pattern).matches(name));
  }

  /** Whether a name has a character that patterns have. */
  public static boolean isPattern(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
  }

  /** Whether the whole name matches. */
  public boolean matches(String name) {
    int p = 0;
    int n = 0;
    int star = -1; // the last star, and the rest of the name that it was tried with
    int rest = 0;
    while (n < name.length()) {
      int next = p < pattern.length() && pattern.charAt(p) != '*' ? step(p, name.charAt(n)) : -1;
      if (next > 0) {
        p = next;
        n++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        rest = n;
      } else if (star >= 0) {
        p = star + 1;
        n = ++rest;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }

  /** The place after what matches one character; -1 if it does not match. */
  private int step(int p, char c) {
    char wanted = pattern.charAt(p);
    if (wanted == '?') {
      return p + 1;
    }
    if (wanted == '[' && close(p) > 0) {
      return isInSet(p, c) ? close(p) + 1 : -1;
    }
    int literal = wanted == '\\' && p + 1 < pattern.length() ? p + 1 : p;
    return pattern.charAt(literal) == c ? literal + 1 : -1;
  }

  /** The bracket that ends the set; -1 if none does. */
  private int close(int open) {
    return pattern.indexOf(']', first(open) + 1);
  }

  /** Where the characters of the set begin. */
  private int first(int open) {
    return isNegated(open) ? open + 2 : open + 1;
  }

  private boolean isNegated(int open) {
    return open + 1 < pattern.length() && "!^".indexOf(pattern.charAt(open + 1)) >= 0;
  }

  private boolean isInSet(int open, char c) {
    int end = close(open);
    boolean isIn = false;
    int i = first(open);
    while (i < end) {
      boolean isRange = i + 2 < end && pattern.charAt(i + 1) == '-';
      char last = pattern.charAt(isRange ? i + 2 : i);
      isIn |= c >= pattern.charAt(i) && c <= last;
      i += isRange ? 3 : 1;
    }
    return isIn != isNegated(open);
  }
}
