package org.usersvc.systemd.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one word after the other from a value. Used by one thread. */
final class WordReader {
  private static final String SPACE = " \t\n\r";

  private final String text;
  private final Words.Style style;
  private final List<Flaw> flaws = new ArrayList<>();
  private int at;
  private char quote;

  WordReader(String text, Words.Style style) {
    this.text = text;
    this.style = style;
    skipSpace();
  }

  /** What was wrong so far. */
  List<Flaw> flaws() {
    return flaws;
  }

  /** Whether there is another word, or something that should be one. */
  boolean hasNext() {
    return at < text.length();
  }

  /** Passes over {@code literal} if it stands here as a word of its own, without quotes. */
  boolean skips(String literal) {
    int end = at + literal.length();
    if (!text.startsWith(literal, at) || (end < text.length() && !isSpace(end))) {
      return false;
    }
    at = end;
    skipSpace();
    return true;
  }

  /**
   * The next word without its quotes and escapes.
   *
   * @return null after a mistake that ends reading; {@link #flaws} says which
   */
  @Nullable String next() {
    var word = new Escapes.Target();
    quote = 0;
    while (at < text.length() && (quote != 0 || !isSpace(at))) {
      if (!takesOne(word)) {
        at = text.length();
        return null;
      }
    }
    if (quote != 0 && style != Words.Style.RELAXED) {
      flaws.add(Flaw.warning("a quote is open at the end of " + shown() + "; close it"));
      at = text.length();
      return null;
    }
    skipSpace();
    return word.text();
  }

  /** Takes one character or escape; false after a mistake that ends reading. */
  private boolean takesOne(Escapes.Target word) {
    char c = text.charAt(at);
    if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote == 0 ? c : 0;
      at++;
    } else if (c == '\\') {
      return takesBackslash(word);
    } else {
      word.add(c);
      at++;
    }
    return true;
  }

  private boolean takesBackslash(Escapes.Target word) {
    return switch (style) {
      case VERBATIM -> {
        word.add('\\');
        at++;
        yield true;
      }
      case RELAXED -> {
        if (at + 1 < text.length()) {
          word.add(text.charAt(at + 1));
        }
        at = Math.min(at + 2, text.length());
        yield true;
      }
      case STRICT, LENIENT -> takesEscape(word);
    };
  }

  private boolean takesEscape(Escapes.Target word) {
    int length = Escapes.read(text, at + 1, word);
    if (length > 0) {
      at += 1 + length;
      return true;
    }
    String escape = Flaw.shown(text.substring(at, Math.min(at + 2, text.length())));
    if (style == Words.Style.STRICT) {
      flaws.add(Flaw.warning(escape + " in " + shown() + " is no escape; double the backslash"));
      return false;
    }
    flaws.add(
        Flaw.warning(escape + " in " + shown() + " is no escape and stays; double the backslash"));
    word.add('\\');
    at++;
    if (at < text.length()) {
      word.add(text.charAt(at++));
    }
    return true;
  }

  private String shown() {
    return Flaw.shown(text);
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(at)) {
      at++;
    }
  }

  private boolean isSpace(int index) {
    return SPACE.indexOf(text.charAt(index)) >= 0;
  }
}
