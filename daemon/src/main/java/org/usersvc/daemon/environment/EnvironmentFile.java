package org.usersvc.daemon.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/**
 * Reads one file of environment.d(5), character by character as systemd 252 does (its
 * src/basic/env-file.c): an assignment begins at the first character that is no blank; quotes count
 * only at the beginning of a value, or after other quotes; a backslash takes the next character as
 * it is, and joins lines; {@code #} and {@code ;} begin comments, which a backslash continues, too.
 * References are replaced after that, whatever quotes they stood in.
 */
public final class EnvironmentFile {
  /** The bound of all values of a file together, in the unit of Environment.sizeOf. */
  private static final int MOST = 1024 * 1024;

  private static final int MOST_COMPLAINTS = 10;
  private static final String COMMENTS = "#;";
  private static final String BLANKS = " \t\n\r";
  private static final String LINE_ENDS = "\n\r";

  /** In double quotes a backslash stays before any other character. */
  private static final String ESCAPED_IN_QUOTES = "\"\\`$";

  /** The position of the reader. */
  private enum State {
    BEFORE_NAME,
    NAME,
    BEFORE_VALUE,
    VALUE,
    ESCAPE,
    SINGLE_QUOTES,
    DOUBLE_QUOTES,
    ESCAPE_IN_QUOTES,
    COMMENT,
    ESCAPE_IN_COMMENT
  }

  private final Map<String, String> variables;
  private final Map<String, String> assigned;
  private final List<String> complaints = new ArrayList<>();
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder value = new StringBuilder();
  private State state = State.BEFORE_NAME;

  /** Whether there is a value; an empty text, in quotes or not, is none. */
  private boolean hasValue;

  /** The length of the value without blanks at its end; quoted blanks stay. */
  private int solid;

  private int left = MOST;
  private int line = 1;
  private int begun;

  private EnvironmentFile(Map<String, String> variables, Map<String, String> assigned) {
    this.variables = variables;
    this.assigned = assigned;
  }

  /**
   * Reads the text of a file.
   *
   * @param variables the values of references; the file's variables are added
   * @return complaints about invalid assignments, as {@code line 3: ...}
   */
  public static List<String> read(String text, Map<String, String> variables) {
    return read(text, variables, new LinkedHashMap<>());
  }

  /**
   * The same.
   *
   * @param assigned gets the file's variables, too
   */
  public static List<String> read(
      String text, Map<String, String> variables, Map<String, String> assigned) {
    var file = new EnvironmentFile(variables, assigned);
    for (int i = 0; i < text.length() && file.left > 0; i++) {
      char c = text.charAt(i);
      file.take(c);
      file.line += c == '\n' ? 1 : 0;
    }
    if (file.left > 0) {
      file.end();
    }
    return file.complaints;
  }

  private static boolean isOf(String set, char c) {
    return set.indexOf(c) >= 0;
  }

  private void take(char c) {
    switch (state) {
      case BEFORE_NAME -> beforeName(c);
      case NAME -> name(c);
      case BEFORE_VALUE -> beforeValue(c);
      case VALUE -> value(c);
      case ESCAPE -> {
        if (!isOf(LINE_ENDS, c)) {
          add(c);
        }
        state = State.VALUE;
      }
      case SINGLE_QUOTES -> quoted(c, '\'');
      case DOUBLE_QUOTES -> {
        if (c == '\\') {
          state = State.ESCAPE_IN_QUOTES;
        } else {
          quoted(c, '"');
        }
      }
      case ESCAPE_IN_QUOTES -> escapedInQuotes(c);
      case COMMENT -> {
        if (c == '\\') {
          state = State.ESCAPE_IN_COMMENT;
        } else if (isOf(LINE_ENDS, c)) {
          state = State.BEFORE_NAME;
        }
      }
      case ESCAPE_IN_COMMENT -> state = State.COMMENT;
    }
  }

  private void beforeName(char c) {
    if (isOf(COMMENTS, c)) {
      state = State.COMMENT;
    } else if (!isOf(BLANKS, c)) {
      state = State.NAME;
      begun = line;
      name.append(c);
    }
  }

  private void name(char c) {
    if (isOf(LINE_ENDS, c)) {
      complain("no NAME=VALUE");
      begin();
    } else if (c == '=') {
      state = State.BEFORE_VALUE;
    } else {
      name.append(c);
    }
  }

  private void beforeValue(char c) {
    if (isOf(LINE_ENDS, c)) {
      push();
    } else if (c == '\'' || c == '"') {
      state = c == '"' ? State.DOUBLE_QUOTES : State.SINGLE_QUOTES;
    } else if (c == '\\') {
      state = State.ESCAPE;
    } else if (!isOf(BLANKS, c)) {
      state = State.VALUE;
      add(c);
    }
  }

  private void value(char c) {
    if (isOf(LINE_ENDS, c)) {
      value.setLength(solid);
      push();
    } else if (c == '\\') {
      state = State.ESCAPE;
      solid = value.length();
    } else if (isOf(BLANKS, c)) {
      value.append(c);
      hasValue = true;
    } else {
      add(c);
    }
  }

  private void quoted(char c, char quote) {
    if (c == quote) {
      state = State.BEFORE_VALUE;
    } else {
      add(c);
    }
  }

  private void escapedInQuotes(char c) {
    if (isOf(ESCAPED_IN_QUOTES, c)) {
      add(c);
    } else if (c != '\n') {
      add('\\');
      add(c);
    }
    state = State.DOUBLE_QUOTES;
  }

  private void add(char c) {
    value.append(c);
    solid = value.length();
    hasValue = true;
  }

  private void end() {
    switch (state) {
      case NAME -> complain("no NAME=VALUE");
      case VALUE -> {
        value.setLength(solid);
        push();
      }
      case BEFORE_VALUE, ESCAPE, SINGLE_QUOTES, DOUBLE_QUOTES, ESCAPE_IN_QUOTES -> push();
      case BEFORE_NAME, COMMENT, ESCAPE_IN_COMMENT -> {}
    }
  }

  private void begin() {
    state = State.BEFORE_NAME;
    name.setLength(0);
    value.setLength(0);
    solid = 0;
    hasValue = false;
  }

  private void push() {
    String key = name.toString().stripTrailing();
    if (!Environment.isName(key)) {
      complain("no NAME=VALUE");
    } else if (value.indexOf("\0") >= 0) {
      complain("the value of " + key + " has a NUL byte");
    } else if (!hasValue) {
      complain(key + " has no value");
    } else {
      set(key, Expansion.of(value.toString(), variables));
    }
    begin();
  }

  private void set(String key, @Nullable String expanded) {
    left -= expanded == null ? value.length() : Environment.sizeOf(Map.of(key, expanded));
    if (expanded == null) {
      complain("the value of " + key + " is longer than 128 KiB, or nested too deeply");
    } else if (left <= 0) {
      complain("all values together are longer than 1 MiB, the rest is left out");
    } else {
      variables.put(key, expanded);
      assigned.put(key, expanded);
    }
  }

  private void complain(String what) {
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add("line " + begun + ": " + what);
    }
  }
}
