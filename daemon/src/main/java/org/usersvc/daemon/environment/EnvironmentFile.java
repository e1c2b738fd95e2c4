package org.usersvc.daemon.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.model.Environment;

/**
 * A file of {@code environment.d}: lines {@code NAME=VALUE}, in which {@code $NAME}, {@code
 * ${NAME}}, {@code ${NAME:-word}} and {@code ${NAME:+word}} stand for what was set before, quotes
 * group and a backslash takes the next character as it is (environment.d(5)). {@code #} and {@code
 * ;} begin comments.
 */
public final class EnvironmentFile {
  /** Of all values of a file together, as they are written there and as they come out. */
  private static final int MOST = 1024 * 1024;

  /** Of one value, in characters; no process can be given a longer one. */
  private static final int LONGEST = 128 * 1024 - 1;

  private static final int MOST_COMPLAINTS = 10;

  private final Environment before;
  private int left = MOST;
  private final Map<String, String> found = new LinkedHashMap<>();
  private final List<String> complaints = new ArrayList<>();

  private EnvironmentFile(Environment before) {
    this.before = before;
  }

  /**
   * Reads the text of a file.
   *
   * @param before what references stand for
   */
  public static EnvironmentFile parse(String text, Environment before) {
    var file = new EnvironmentFile(before);
    String joined = text.replace("\\\n", "");
    int number = 0;
    for (int start = 0; start <= joined.length() && file.left > 0; number++) {
      int newline = joined.indexOf('\n', start);
      int end = newline < 0 ? joined.length() : newline;
      file.line(joined.substring(start, end).strip(), number + 1);
      start = end + 1;
    }
    return file;
  }

  /** What it sets, in order. */
  public Map<String, String> variables() {
    return found;
  }

  /** What is wrong with lines that set nothing, as {@code line 3: ...}. */
  public List<String> complaints() {
    return complaints;
  }

  private void line(String line, int number) {
    if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
      return;
    }
    int equals = line.indexOf('=');
    String name = equals < 0 ? line : line.substring(0, equals);
    if (equals < 0 || !Environment.isName(name)) {
      complain(number, "no NAME=VALUE");
      return;
    }
    String value = new Value(line.substring(equals + 1)).expand();
    left -= Environment.sizeOf(Map.of(name, value));
    if (value.length() > LONGEST) {
      complain(number, "the value is longer than 128 KiB");
    } else if (left <= 0) {
      complain(number, "all values together are longer than 1 MiB, the rest is left out");
    } else {
      found.put(name, value);
    }
  }

  private void complain(int number, String reason) {
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add("line " + number + ": " + reason);
    }
  }

  private String lookUp(String name) {
    String own = found.get(name);
    String value = own == null ? before.value(name) : own;
    return value == null ? "" : value;
  }

  /** One value, read from left to right. */
  private final class Value {
    private final String text;
    private final int lastBrace;
    private final StringBuilder expanded = new StringBuilder();
    private int at;

    Value(String text) {
      this.text = text;
      this.lastBrace = text.lastIndexOf('}');
    }

    /** The value, or so much of it that it is too long. */
    String expand() {
      char quote = 0;
      while (at < text.length() && expanded.length() <= LONGEST) {
        char c = text.charAt(at++);
        if (c == '\\' && quote != '\'' && at < text.length()) {
          expanded.append(text.charAt(at++));
        } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
          quote = quote == 0 ? c : 0;
        } else if (c == '$' && quote != '\'') {
          reference();
        } else {
          expanded.append(c);
        }
      }
      return expanded.toString();
    }

    private void reference() {
      int end = text.startsWith("{", at) && at < lastBrace ? text.indexOf('}', at) : -1;
      if (end >= 0) {
        braced(text.substring(at + 1, end));
        at = end + 1;
        return;
      }
      int start = at;
      while (at < text.length() && Environment.isInName(text.charAt(at), at - start)) {
        at++;
      }
      expanded.append(start == at ? "$" : lookUp(text.substring(start, at)));
    }

    private void braced(String inside) {
      int colon = inside.indexOf(':');
      String value = lookUp(colon < 0 ? inside : inside.substring(0, colon));
      if (colon < 0) {
        expanded.append(value);
      } else if (inside.startsWith(":-", colon)) {
        expanded.append(value.isEmpty() ? inside.substring(colon + 2) : value);
      } else if (inside.startsWith(":+", colon)) {
        expanded.append(value.isEmpty() ? "" : inside.substring(colon + 2));
      }
    }
  }
}
