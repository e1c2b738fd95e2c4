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
  private final Environment before;
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
    int number = 0;
    for (String line : text.replace("\\\n", "").split("\n", -1)) {
      number++;
      file.line(line.strip(), number);
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
      complaints.add("line " + number + ": no NAME=VALUE");
      return;
    }
    found.put(name, new Value(line.substring(equals + 1)).expand());
  }

  private String lookUp(String name) {
    String own = found.get(name);
    String value = own == null ? before.value(name) : own;
    return value == null ? "" : value;
  }

  /** One value, read from left to right. */
  private final class Value {
    private final String text;
    private final StringBuilder expanded = new StringBuilder();
    private int at;

    Value(String text) {
      this.text = text;
    }

    String expand() {
      char quote = 0;
      while (at < text.length()) {
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
      int end = text.startsWith("{", at) ? text.indexOf('}', at) : -1;
      if (end >= 0) {
        braced(text.substring(at + 1, end));
        at = end + 1;
        return;
      }
      int start = at;
      while (at < text.length() && Environment.isName(text.substring(start, at + 1))) {
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
