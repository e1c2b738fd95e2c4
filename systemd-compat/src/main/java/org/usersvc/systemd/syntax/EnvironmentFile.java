package org.usersvc.systemd.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * The content of a file that {@code EnvironmentFile=} names, also of {@code os-release} and {@code
 * machine-info}. Used once, by one thread.
 *
 * <p>Source: systemd.exec(5), {@code EnvironmentFile=}.
 */
public final class EnvironmentFile {
  /** The largest file in bytes. */
  public static final int LARGEST = 1 << 20;

  /** So many flaws of a file are named. */
  private static final int MOST_FLAWS = 100;

  private static final String SPACE = " \t\r";
  private static final String ESCAPABLE = "\"\\`$";

  private final String text;
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();
  private int at;
  private int line = 1;

  private EnvironmentFile(String text) {
    this.text = text;
  }

  /**
   * Reads the bytes of a file.
   *
   * @param bytes the whole content; of a file larger than {@link #LARGEST} one byte more is enough
   * @return the assignments in their order, the flaws with the numbers of their lines; no value if
   *     the file is too large, has a NUL or is no UTF-8
   */
  public static Parsed<List<Assignment>> read(byte[] bytes) {
    if (bytes.length > LARGEST) {
      return Parsed.error("the file is larger than 1 MiB; shorten it");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0 || !NativeText.isUtf8(NativeText.decode(bytes))) {
      return Parsed.error("the file has a NUL byte or is no UTF-8; write it as UTF-8");
    }
    var file = new EnvironmentFile(text.startsWith("\ufeff") ? text.substring(1) : text);
    file.readLines();
    return Parsed.of(List.copyOf(file.assignments), file.flaws);
  }

  private void readLines() {
    skipSpace();
    while (at < text.length()) {
      int first = line;
      int end = endOfLine();
      int equals = text.indexOf('=', at);
      if (at >= end) {
        next();
      } else if (text.charAt(at) == '#' || text.charAt(at) == ';' || equals < 0 || equals > end) {
        at = end;
      } else {
        String name = text.substring(at, equals).strip();
        at = equals + 1;
        add(first, name, value());
      }
      skipSpace();
    }
  }

  private void add(int first, String name, String value) {
    if (Environment.isName(name)) {
      assignments.add(new Assignment(name, value));
    } else {
      warn(first, Flaw.shown(name) + " is no name of a variable and is ignored");
    }
  }

  private void warn(int first, String what) {
    if (flaws.size() < MOST_FLAWS) {
      flaws.add(Flaw.warning("line " + first + ": " + what + "; write NAME=VALUE"));
    }
  }

  private int endOfLine() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  /** The character here; goes behind it. */
  private char next() {
    char c = text.charAt(at++);
    line += c == '\n' ? 1 : 0;
    return c;
  }

  private void skipSpace() {
    while (at < text.length() && SPACE.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Quoted parts, one after the other, then an unquoted rest. */
  private String value() {
    var value = new StringBuilder();
    skipSpace();
    while (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
      int first = line;
      if (!takesQuoted(value, next())) {
        warn(first, "a quote is open to the end of the file");
      }
      skipSpace();
    }
    takeUnquoted(value);
    return value.toString();
  }

  /** Takes text up to the closing quote; false if there is none. */
  private boolean takesQuoted(StringBuilder value, char quote) {
    while (at < text.length()) {
      char c = next();
      if (c == quote) {
        return true;
      }
      if (c == '\\' && quote == '"' && at < text.length()) {
        takeEscaped(value);
      } else {
        value.append(c);
      }
    }
    return false;
  }

  private void takeEscaped(StringBuilder value) {
    char c = next();
    if (c == '\n') {
      return;
    }
    if (ESCAPABLE.indexOf(c) < 0) {
      value.append('\\');
    }
    value.append(c);
  }

  /** Takes the rest of the line without the space at its end, unless that is escaped. */
  private void takeUnquoted(StringBuilder value) {
    int kept = value.length();
    while (at < text.length()) {
      char c = next();
      if (c == '\n') {
        break;
      }
      boolean isEscape = c == '\\' && at < text.length();
      char meant = isEscape ? next() : c;
      if (!isEscape || meant != '\n') {
        value.append(meant);
      }
      if (isEscape || SPACE.indexOf(meant) < 0) {
        kept = value.length();
      }
    }
    value.setLength(kept);
  }
}
