package org.usersvc.systemd.made;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.usersvc.systemd.syntax.Signals;

/** Values as lines of a unit file; what a value means does not depend on what it contains. */
final class Written {
  private Written() {}

  private static List<String> line(String key, String value) {
    return List.of(key + "=" + value);
  }

  static List<String> text(String key, Object value) throws UnknownSetter {
    return line(key, plain(key, value.toString()));
  }

  /** A text without quotes: specifiers stand for themselves. */
  static String plain(String key, String text) throws UnknownSetter {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f) || text.endsWith("\\")) {
      throw UnknownSetter.invalid(key, "it has control characters or ends in \\");
    }
    return text.replace("%", "%%");
  }

  /** A word in quotes. */
  static String word(String text) {
    var word = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> word.append('\\').append(c);
        case '%' -> word.append("%%");
        case '\n' -> word.append("\\n");
        case '\t' -> word.append("\\t");
        default -> word.append(c < ' ' || c == 0x7f ? "\\x%02x".formatted((int) c) : c);
      }
    }
    return word.append('"').toString();
  }

  static List<String> truth(String key, Object value) {
    return line(key, Boolean.TRUE.equals(value) ? "yes" : "no");
  }

  static List<String> number(String key, Object value) {
    return line(key, value.toString());
  }

  static List<String> octal(String key, Object value) {
    return line(key, Long.toOctalString(((Number) value).longValue()));
  }

  static List<String> micros(String key, Object value) {
    return line(key, span((Number) value));
  }

  private static String span(Number micros) {
    long value = micros.longValue();
    return value < 0 || value == Long.MAX_VALUE ? "infinity" : value + "us";
  }

  static List<String> names(String key, Object value) throws UnknownSetter {
    var names = new ArrayList<String>();
    for (Object name : value instanceof List<?> list ? list : List.of(value)) {
      names.add(plain(key, name.toString()));
    }
    return line(key, String.join(" ", names));
  }

  static List<String> quoted(String key, Object value) {
    return line(
        key,
        ((List<?>) value)
            .stream().map(each -> word(each.toString())).collect(Collectors.joining(" ")));
  }

  static List<String> files(String key, Object value) throws UnknownSetter {
    var lines = new ArrayList<String>();
    for (Object each : (List<?>) value) {
      var file = (Object[]) each;
      String path = plain(key, file[0].toString());
      lines.add(key + "=" + (Boolean.TRUE.equals(file[1]) ? "-" : "") + path);
    }
    return lines;
  }

  static List<String> statuses(String key, Object value) {
    var both = (Object[]) value;
    var words = new ArrayList<String>();
    ((List<?>) both[0]).forEach(code -> words.add(code.toString()));
    ((List<?>) both[1]).forEach(signal -> words.add(Signals.nameOf(((Number) signal).intValue())));
    return line(key, String.join(" ", words));
  }

  /** Each names its own directive. */
  static List<String> conditions(String key, Object value) throws UnknownSetter {
    var lines = new ArrayList<String>();
    for (Object each : (List<?>) value) {
      var condition = (Object[]) each;
      lines.add(
          directive(key, condition[0])
              + "="
              + (Boolean.TRUE.equals(condition[1]) ? "|" : "")
              + (Boolean.TRUE.equals(condition[2]) ? "!" : "")
              + plain(key, condition[3].toString()));
    }
    return lines;
  }

  static List<String> timers(String key, Object value) throws UnknownSetter {
    var lines = new ArrayList<String>();
    for (Object each : (List<?>) value) {
      var timer = (Object[]) each;
      String time = timer[1] instanceof Number span ? span(span) : plain(key, timer[1].toString());
      lines.add(directive(key, timer[0]).replaceAll("USec$", "Sec") + "=" + time);
    }
    return lines;
  }

  /** The property has the end of the directive's name, such as {@code Stream}. */
  static List<String> listeners(String key, Object value) throws UnknownSetter {
    var lines = new ArrayList<String>();
    for (Object each : (List<?>) value) {
      var listener = (Object[]) each;
      lines.add(key + directive(key, listener[0]) + "=" + plain(key, listener[1].toString()));
    }
    return lines;
  }

  private static String directive(String key, Object name) throws UnknownSetter {
    if (!name.toString().matches("[A-Za-z]+")) {
      throw UnknownSetter.invalid(key, name + " is no directive");
    }
    return name.toString();
  }
}
