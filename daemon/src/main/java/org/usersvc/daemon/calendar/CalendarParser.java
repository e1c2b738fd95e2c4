package org.usersvc.daemon.calendar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.calendar.CalendarField.Kind;
import org.usersvc.daemon.calendar.CalendarField.Range;

/** Reads one calendar event. Used once, by one thread. */
final class CalendarParser {
  private static final int LONGEST = 1000;

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("minutely", "*-*-* *:*:00"),
          Map.entry("hourly", "*-*-* *:00:00"),
          Map.entry("daily", "*-*-* 00:00:00"),
          Map.entry("monthly", "*-*-01 00:00:00"),
          Map.entry("weekly", "Mon *-*-* 00:00:00"),
          Map.entry("yearly", "*-01-01 00:00:00"),
          Map.entry("annually", "*-01-01 00:00:00"),
          Map.entry("anually", "*-01-01 00:00:00"),
          Map.entry("quarterly", "*-01,04,07,10-01 00:00:00"),
          Map.entry("semiannually", "*-01,07-01 00:00:00"),
          Map.entry("semi-annually", "*-01,07-01 00:00:00"),
          Map.entry("biannually", "*-01,07-01 00:00:00"),
          Map.entry("bi-annually", "*-01,07-01 00:00:00"));

  private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,30})?)";
  private static final Pattern RANGE =
      Pattern.compile(NUMBER + "(?:\\.\\." + NUMBER + ")?(?:/" + NUMBER + ")?");
  private static final Pattern DATE = Pattern.compile("(?:([^-~]+)-)?([^-~]+)([-~])([^-~]+)");
  private static final Pattern TIME = Pattern.compile("([^:]+):([^:]+)(?::([^:]+))?");
  private static final Pattern EPOCH = Pattern.compile("@(\\d{1,10})");

  private final String text;
  private final EnumSet<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
  private final List<CalendarField> fields = new ArrayList<>();
  private @Nullable ZoneId zone;

  CalendarParser(String text) {
    this.text = text;
  }

  Optional<CalendarSpec> parse() {
    return text.length() <= LONGEST && reads(withoutZone(text.strip()))
        ? Optional.of(new CalendarSpec(weekdays, fields, zone))
        : Optional.empty();
  }

  private String withoutZone(String whole) {
    int space = whole.lastIndexOf(' ');
    String last = whole.substring(space + 1);
    if (space < 0) {
      return whole;
    }
    if (last.equalsIgnoreCase("UTC")) {
      zone = ZoneId.of("UTC");
    } else if (ZoneRulesProvider.getAvailableZoneIds().contains(last)) {
      zone = ZoneId.of(last);
    } else {
      return whole;
    }
    return whole.substring(0, space);
  }

  private boolean reads(String event) {
    var epoch = EPOCH.matcher(event);
    if (epoch.matches()) {
      return readsEpoch(Long.parseLong(epoch.group(1)));
    }
    String rest = SHORT.getOrDefault(event.toLowerCase(Locale.ROOT), event);
    if (rest.isEmpty() || rest.endsWith(" ")) {
      return false;
    }
    if (Character.isLetter(rest.charAt(0))) {
      int space = rest.indexOf(' ');
      String days = space < 0 ? rest : rest.substring(0, space);
      rest = space < 0 ? "" : rest.substring(space).strip();
      if (!readsWeekdays(days)) {
        return false;
      }
    }
    String[] parts = rest.isEmpty() ? new String[0] : rest.split(" +");
    int time = parts.length > 0 && parts[0].indexOf(':') < 0 ? 1 : 0;
    return parts.length <= time + 1
        && readsDate(time == 1 ? parts[0] : "*-*-*")
        && readsTime(parts.length > time ? parts[time] : "0:0:0");
  }

  private boolean readsEpoch(long seconds) {
    var time = LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    zone = ZoneId.of("UTC");
    fields.add(CalendarField.of(Kind.YEAR, time.getYear()));
    fields.add(CalendarField.of(Kind.MONTH, time.getMonthValue()));
    fields.add(CalendarField.of(Kind.DAY, time.getDayOfMonth()));
    fields.add(CalendarField.of(Kind.HOUR, time.getHour()));
    fields.add(CalendarField.of(Kind.MINUTE, time.getMinute()));
    fields.add(CalendarField.of(Kind.SECOND, time.getSecond() * TimeSpan.SECOND));
    return fields.getFirst().next(0) >= 0 && time.getYear() < 2200;
  }

  /** Reads names and ranges of names; one comma may follow the last. */
  private boolean readsWeekdays(String days) {
    String list = days.endsWith(",") ? days.substring(0, days.length() - 1) : days;
    for (String part : list.split(",", -1)) {
      String[] ends = part.split("\\.\\.|-", -1);
      var first = weekday(ends[0]);
      var last = weekday(ends[ends.length - 1]);
      if (ends.length > 2 || first == null || last == null || first.compareTo(last) > 0) {
        return false;
      }
      weekdays.addAll(EnumSet.range(first, last));
    }
    return true;
  }

  private static @Nullable DayOfWeek weekday(String name) {
    for (var weekday : DayOfWeek.values()) {
      String full = weekday.name();
      if (full.equalsIgnoreCase(name) || full.substring(0, 3).equalsIgnoreCase(name)) {
        return weekday;
      }
    }
    return null;
  }

  private boolean readsDate(String date) {
    Matcher parts = DATE.matcher(date);
    if (!parts.matches()) {
      return false;
    }
    String year = parts.group(1) == null ? "*" : parts.group(1);
    boolean isFromEnd = parts.group(3).equals("~") && !parts.group(4).equals("*");
    var day = isFromEnd ? Kind.LAST_DAY : Kind.DAY;
    return readsField(Kind.YEAR, year)
        && readsField(Kind.MONTH, parts.group(2))
        && readsField(day, parts.group(4));
  }

  private boolean readsTime(String time) {
    Matcher parts = TIME.matcher(time);
    return parts.matches()
        && readsField(Kind.HOUR, parts.group(1))
        && readsField(Kind.MINUTE, parts.group(2))
        && readsField(Kind.SECOND, parts.group(3) == null ? "0" : parts.group(3));
  }

  private boolean readsField(Kind kind, String field) {
    if (field.equals("*")) {
      return fields.add(CalendarField.any(kind));
    }
    var order =
        Comparator.comparingLong(Range::start)
            .thenComparingLong(Range::stop)
            .thenComparingLong(Range::repeat);
    var ranges = new TreeSet<Range>(order);
    for (String part : field.split(",", -1)) {
      var range = range(kind, part);
      if (range == null || !CalendarField.isValid(kind, range)) {
        return false;
      }
      ranges.add(range.shortest());
    }
    return fields.add(new CalendarField(kind, List.copyOf(ranges)));
  }

  private static @Nullable Range range(Kind kind, String part) {
    Matcher parts = RANGE.matcher(part);
    if (!parts.matches() || (kind != Kind.SECOND && part.replace("..", "").indexOf('.') >= 0)) {
      return null;
    }
    long start = value(kind, parts.group(1));
    long stop = parts.group(2) == null ? Range.NONE : value(kind, parts.group(2));
    if (parts.group(3) == null) {
      if (kind == Kind.SECOND && stop != Range.NONE && stop - start < kind.step()) {
        return null; // systemd takes 5..5 for hours, but not for seconds
      }
      return new Range(start, stop, stop == Range.NONE ? 0 : kind.step());
    }
    long repeat = steps(kind, parts.group(3));
    return repeat == 0 ? null : new Range(start, stop, repeat);
  }

  /** The value of a number; years may lack their century. */
  private static long value(Kind kind, String number) {
    long value = steps(kind, number);
    if (kind != Kind.YEAR || value >= 100) {
      return value;
    }
    return value < 70 ? 2000 + value : 1900 + value;
  }

  private static long steps(Kind kind, String number) {
    return new BigDecimal(number)
        .multiply(BigDecimal.valueOf(kind.step()))
        .setScale(0, RoundingMode.HALF_UP)
        .longValue();
  }
}
