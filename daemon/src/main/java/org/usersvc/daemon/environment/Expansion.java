package org.usersvc.daemon.environment;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/**
 * Replaces {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-word}} and {@code ${NAME:+word}} as
 * systemd 252 does (replace_env in its src/basic/env-util.c): {@code $$} is a dollar sign, an empty
 * variable counts as set, and all other text stays as it is.
 */
final class Expansion {
  /** The longest value that a process can be given, in characters. */
  private static final int LONGEST = 128 * 1024 - 1;

  private static final int DEEPEST = 32;

  /** The position of the reader. */
  private enum State {
    WORD,
    DOLLAR,
    BRACED,
    TEST,
    DEFAULT,
    ALTERNATIVE,
    BARE
  }

  private final String text;
  private final Map<String, String> variables;
  private final int depth;
  private final StringBuilder expanded = new StringBuilder();
  private State state = State.WORD;

  /** The start of the text that is not in {@link #expanded} yet. */
  private int word;

  private int nested;
  private int nameEnd;
  private int alternative;
  private boolean excess;

  private Expansion(String text, Map<String, String> variables, int depth) {
    this.text = text;
    this.variables = variables;
    this.depth = depth;
  }

  /** The expanded text, null if it is too long for a variable or nested too deeply. */
  static @Nullable String of(String text, Map<String, String> variables) {
    return new Expansion(text, variables, 0).expand();
  }

  private @Nullable String expand() {
    excess = depth > DEEPEST || text.length() > LONGEST;
    for (int at = 0; at < text.length() && !excess; at++) {
      char c = text.charAt(at);
      if (state == State.BARE && !isOfName(c)) {
        append(variables.get(text.substring(word + 1, at)));
        word = at;
        state = State.WORD;
      }
      take(c, at);
    }
    if (!excess && state == State.BARE) {
      append(variables.get(text.substring(word + 1)));
    } else {
      append(text.substring(word));
    }
    return excess ? null : expanded.toString();
  }

  private static boolean isOfName(char c) {
    return Environment.isInName(c, 1);
  }

  private void append(@Nullable String more) {
    if (more != null) {
      excess |= expanded.length() + more.length() > LONGEST;
      expanded.append(excess ? "" : more);
    }
  }

  private void take(char c, int at) {
    switch (state) {
      case WORD -> state = c == '$' ? State.DOLLAR : State.WORD;
      case DOLLAR -> dollar(c, at);
      case BRACED -> braced(c, at);
      case TEST -> {
        state = c == '-' ? State.DEFAULT : c == '+' ? State.ALTERNATIVE : State.WORD;
        alternative = at + 1;
      }
      case DEFAULT, ALTERNATIVE -> choose(c, at);
      case BARE -> {}
    }
  }

  private void dollar(char c, int at) {
    if (c == '{') {
      append(text.substring(word, at - 1));
      word = at - 1;
      nested++;
      state = State.BRACED;
    } else if (c == '$') {
      append(text.substring(word, at));
      word = at + 1;
      state = State.WORD;
    } else if (isOfName(c)) {
      append(text.substring(word, at - 1));
      word = at - 1;
      state = State.BARE;
    } else {
      state = State.WORD;
    }
  }

  private void braced(char c, int at) {
    if (c == '}') {
      append(variables.get(text.substring(word + 2, at)));
      word = at + 1;
      nested--;
      state = State.WORD;
    } else if (c == ':') {
      nameEnd = at;
      state = State.TEST;
    }
  }

  private void choose(char c, int at) {
    if (c == '{') {
      nested++;
    } else if (c == '}' && --nested == 0) {
      String value = variables.get(text.substring(word + 2, nameEnd));
      boolean isOther = (value == null) == (state == State.DEFAULT);
      append(isOther ? other(at) : state == State.DEFAULT ? value : null);
      word = at + 1;
      state = State.WORD;
    }
  }

  private @Nullable String other(int end) {
    String part = text.substring(alternative, end);
    String other = new Expansion(part, variables, depth + 1).expand();
    excess |= other == null;
    return other;
  }
}
