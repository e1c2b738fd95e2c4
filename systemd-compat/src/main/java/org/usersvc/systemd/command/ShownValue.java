package org.usersvc.systemd.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.calendar.TimeSpan;

/** A property as {@code systemctl show} prints it. */
final class ShownValue {
  private static final long UNSET = 0xffff_ffffL;
  private static final String SPECIAL = " \t\n\"'\\`$*?[](){}|&;<>#!~^";
  private static final int PATH = 0;
  private static final int WORDS = 1;
  private static final int IGNORES = 2;
  private static final int BEGAN = 3;
  private static final int ENDED = 5;
  private static final int PID = 7;
  private static final int CODE = 8;
  private static final int STATUS = 9;

  private ShownValue() {}

  /** The lines' values; none if there is nothing to show, null for what is never shown. */
  static @Nullable List<String> of(String name, String signature, Object value) {
    return switch (signature) {
      case "b" -> List.of(Boolean.TRUE.equals(value) ? "yes" : "no");
      case "s", "o" -> some(value.toString());
      case "t" -> some(number(name, ((Number) value).longValue()));
      case "u" -> List.of(unsigned(name, ((Number) value).longValue()));
      case "i", "n", "q", "x", "y" -> List.of(value.toString());
      case "as" -> some(texts((List<?>) value));
      case "ay" -> some(HexFormat.of().formatHex((byte[]) value));
      case "(uo)" -> some(job((Object[]) value));
      case "(ss)" -> some(error((Object[]) value));
      case "a(ss)" -> rows((List<?>) value, row -> row[1] + " (" + row[0] + ")");
      case "a(sb)" -> rows((List<?>) value, row -> row[0] + " (ignore_errors=" + yes(row[1]) + ")");
      case "a(sasbttttuii)" -> rows((List<?>) value, ShownValue::command);
      case "a(stt)" -> rows((List<?>) value, ShownValue::timer);
      case "a(sst)" -> rows((List<?>) value, ShownValue::calendar);
      default -> null;
    };
  }

  private static List<String> some(String text) {
    return text.isEmpty() ? List.of() : List.of(text);
  }

  private interface Row {
    String text(Object[] row);
  }

  private static List<String> rows(List<?> rows, Row row) {
    var all = new ArrayList<String>();
    rows.forEach(each -> all.add(row.text((Object[]) each)));
    return all;
  }

  private static String yes(Object value) {
    return Boolean.TRUE.equals(value) ? "yes" : "no";
  }

  private static String job(Object[] job) {
    long id = ((Number) job[0]).longValue();
    return id == 0 ? "" : Long.toString(id);
  }

  private static String error(Object[] pair) {
    String name = pair[0].toString();
    return name.isEmpty() ? "" : name + " \"" + pair[1] + "\"";
  }

  private static String unsigned(String name, long value) {
    if (name.endsWith("Mode") || name.equals("UMask")) {
      return String.format(Locale.ROOT, "%04o", value);
    }
    return name.endsWith("ID") && (value & UNSET) == UNSET
        ? "[not set]"
        : Long.toString(value & UNSET);
  }

  private static String number(String name, long value) {
    if (name.endsWith("Timestamp")) {
      return value == 0 ? "" : moment(value);
    }
    if (name.contains("USec")) {
      return value == -1 ? "infinity" : new TimeSpan(value).toString();
    }
    return value == -1 ? "[not set]" : Long.toUnsignedString(value);
  }

  /** A moment in microseconds since 1970. */
  static String moment(long micros) {
    return DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss z", Locale.ROOT)
        .withZone(ZoneId.systemDefault())
        .format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  private static String texts(List<?> texts) {
    var words = new ArrayList<String>();
    texts.forEach(each -> words.add(quoted(each.toString())));
    return String.join(" ", words);
  }

  private static String words(List<?> words) {
    return String.join(" ", words.stream().map(String::valueOf).toList());
  }

  private static String quoted(String text) {
    if (!text.isEmpty() && text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0 || c < ' ')) {
      return text;
    }
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("\"\\`$".indexOf(c) >= 0) {
        quoted.append('\\');
      }
      quoted.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.valueOf(c));
    }
    return quoted.append('"').toString();
  }

  private static String command(Object[] row) {
    return "{ path=%s ; argv[]=%s ; ignore_errors=%s ; start_time=[%s] ; stop_time=[%s] ; pid=%s"
            .formatted(
                row[PATH],
                words((List<?>) row[WORDS]),
                yes(row[IGNORES]),
                momentOrNone(row[BEGAN]),
                momentOrNone(row[ENDED]),
                row[PID])
        + " ; code=%s ; status=%s }"
            .formatted(Ends.code(row[CODE]), Ends.status(row[CODE], row[STATUS]));
  }

  private static String momentOrNone(Object micros) {
    long value = ((Number) micros).longValue();
    return value == 0 ? "n/a" : moment(value);
  }

  private static String timer(Object[] row) {
    return "{ %s=%s ; next_elapse=%s }"
        .formatted(
            row[0],
            new TimeSpan(((Number) row[1]).longValue()),
            new TimeSpan(((Number) row[2]).longValue()));
  }

  private static String calendar(Object[] row) {
    return "{ %s=%s ; next_elapse=%s }".formatted(row[0], row[1], momentOrNone(row[2]));
  }
}
