package org.usersvc.systemd.made;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.usersvc.systemd.syntax.Signals;

/** Values as lines of a unit file; what a value means does not depend on what it contains. */
final class Written {
  private Written() {}

  private static List<String> line(Setting setting, String value) {
    return List.of(setting.key() + "=" + value);
  }

  static List<String> text(Setting setting, Object value) throws UnknownSetter {
    return line(setting, plain(setting, value.toString()));
  }

  /** A text without quotes: specifiers stand for themselves. */
  static String plain(Setting setting, String text) throws UnknownSetter {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f) || text.endsWith("\\")) {
      throw UnknownSetter.invalid(setting.name(), "it has control characters or ends in \\");
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

  static List<String> truth(Setting setting, Object value) {
    return line(setting, Boolean.TRUE.equals(value) ? "yes" : "no");
  }

  static List<String> number(Setting setting, Object value) {
    return line(setting, value.toString());
  }

  static List<String> octal(Setting setting, Object value) {
    return line(setting, Long.toOctalString(((Number) value).longValue()));
  }

  static List<String> micros(Setting setting, Object value) {
    return line(setting, span((Number) value));
  }

  private static String span(Number micros) {
    long value = micros.longValue();
    return value < 0 || value == Long.MAX_VALUE ? "infinity" : value + "us";
  }

  static List<String> names(Setting setting, Object value) throws UnknownSetter {
    var names = new ArrayList<String>();
    for (Object name : value instanceof List<?> list ? list : List.of(value)) {
      names.add(plain(setting, name.toString()));
    }
    return line(setting, String.join(" ", names));
  }

  static List<String> quoted(Setting setting, Object value) {
    return line(
        setting,
        ((List<?>) value)
            .stream().map(each -> word(each.toString())).collect(Collectors.joining(" ")));
  }

  static List<String> files(Setting setting, Object value) throws UnknownSetter {
    var lines = new ArrayList<String>();
    for (Object each : (List<?>) value) {
      var file = (Object[]) each;
      String path = plain(setting, file[0].toString());
      lines.add(setting.key() + "=" + (Boolean.TRUE.equals(file[1]) ? "-" : "") + path);
    }
    return lines;
  }

  static List<String> statuses(Setting setting, Object value) {
    var both = (Object[]) value;
    var words = new ArrayList<String>();
    ((List<?>) both[0]).forEach(code -> words.add(code.toString()));
    ((List<?>) both[1])
        .forEach(signal -> words.add(Signals.nameOf(((Number) signal).intValue())));
    return line(setting, String.join(" ", words));
  }

  /** Each names its own directive. */
  static List<String> conditions(Setting setting, Object value) throws UnknownSetter {
    var lines = new ArrayList<String>();
    for (Object each : (List<?>) value) {
      var condition = (Object[]) each;
      lines.add(
          directive(setting, condition[0])
              + "="
              + (Boolean.TRUE.equals(condition[1]) ? "|" : "")
              + (Boolean.TRUE.equals(condition[2]) ? "!" : "")
              + plain(setting, condition[3].toString()));
    }
    return lines;
  }

  static List<String> timers(Setting setting, Object value) throws UnknownSetter {
    var lines = new ArrayList<String>();
    for (Object each : (List<?>) value) {
      var timer = (Object[]) each;
      String time =
          timer[1] instanceof Number span ? span(span) : plain(setting, timer[1].toString());
      lines.add(directive(setting, timer[0]).replaceAll("USec$", "Sec") + "=" + time);
    }
    return lines;
  }

  private static String directive(Setting setting, Object name) throws UnknownSetter {
    if (!name.toString().matches("[A-Za-z]+")) {
      throw UnknownSetter.invalid(setting.name(), name + " is no directive");
    }
    return name.toString();
  }
}
