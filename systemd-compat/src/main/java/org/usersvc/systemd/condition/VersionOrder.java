package org.usersvc.systemd.condition;

import java.util.Comparator;

/**
 * The order of version numbers.
 *
 * <p>Source: the UAPI group's "Version Format Specification".
 */
final class VersionOrder implements Comparator<String> {
  static final VersionOrder INSTANCE = new VersionOrder();

  /** Separators; an earlier one makes a version older. The end of a text comes after the first. */
  private static final String SEPARATORS = "~\0-^.";

  private VersionOrder() {}

  @Override
  public int compare(String left, String right) {
    var a = new Rest(left);
    var b = new Rest(right);
    while (true) {
      a.skipOthers();
      b.skipOthers();
      boolean isSeparated = isSeparator(a.peek()) || isSeparator(b.peek());
      int order = isSeparated ? Integer.compare(rank(a.peek()), rank(b.peek())) : comparePart(a, b);
      if (order != 0 || (a.isEmpty() && b.isEmpty())) {
        return order;
      }
      if (isSeparated) {
        a.skipOne();
        b.skipOne();
      }
    }
  }

  private static boolean isSeparator(char c) {
    return SEPARATORS.indexOf(c) >= 0;
  }

  private static int rank(char c) {
    return isSeparator(c) ? SEPARATORS.indexOf(c) : SEPARATORS.length();
  }

  private static int comparePart(Rest a, Rest b) {
    if (isDigit(a.peek()) != isDigit(b.peek())) {
      return isDigit(a.peek()) ? 1 : -1;
    }
    if (isDigit(a.peek())) {
      String left = a.digits();
      String right = b.digits();
      int order = Integer.compare(left.length(), right.length());
      return order == 0 ? left.compareTo(right) : order;
    }
    return a.letters().compareTo(b.letters());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** What of a version is not compared yet. */
  private static final class Rest {
    private final String text;
    private int at;

    Rest(String text) {
      this.text = text;
    }

    boolean isEmpty() {
      return at >= text.length();
    }

    char peek() {
      return isEmpty() ? '\0' : text.charAt(at);
    }

    void skipOne() {
      at += isEmpty() ? 0 : 1;
    }

    void skipOthers() {
      while (!isEmpty() && !isDigit(peek()) && !isLetter(peek()) && !isSeparator(peek())) {
        at++;
      }
    }

    String digits() {
      int from = at;
      while (isDigit(peek())) {
        at++;
      }
      return text.substring(from, at).replaceFirst("^0+", "");
    }

    String letters() {
      int from = at;
      while (isLetter(peek())) {
        at++;
      }
      return text.substring(from, at);
    }
  }
}
