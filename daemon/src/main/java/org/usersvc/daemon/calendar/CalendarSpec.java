package org.usersvc.daemon.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.calendar.CalendarField.Kind;

/**
 * A calendar event: points of time by weekday, date and time of day. Immutable.
 *
 * <p>A time that the clock skips when it is put forward does not occur; one that it shows twice
 * when it is put back occurs once, at first. Source: systemd.time(7), "Calendar events", and what
 * {@code systemd-analyze calendar} 252 prints.
 */
public final class CalendarSpec {
  private static final long NANOS = 1000;

  private final Set<DayOfWeek> weekdays;
  private final CalendarField year;
  private final CalendarField month;
  private final CalendarField day;
  private final CalendarField hour;
  private final CalendarField minute;
  private final CalendarField second;
  private final @Nullable ZoneId zone;

  /**
   * A calendar event.
   *
   * @param weekdays its weekdays; none: all
   * @param fields year, month, day, hour, minute and second
   * @param zone its zone; null: the local one
   */
  CalendarSpec(Set<DayOfWeek> weekdays, List<CalendarField> fields, @Nullable ZoneId zone) {
    this.weekdays = weekdays.size() == DayOfWeek.values().length ? Set.of() : Set.copyOf(weekdays);
    this.year = fields.get(0);
    this.month = fields.get(1);
    this.day = fields.get(2);
    this.hour = fields.get(3);
    this.minute = fields.get(4);
    this.second = fields.get(5);
    this.zone = zone;
  }

  /** A calendar event from its text, such as {@code Mon..Fri *-*-1 12:00}; empty if it is none. */
  public static Optional<CalendarSpec> parse(String text) {
    return new CalendarParser(text).parse();
  }

  /**
   * The first time after an instant.
   *
   * @param after in microseconds; a smaller part is cut
   * @param local the zone if the event names none
   * @return empty if there is none before the year 2200
   */
  public Optional<Instant> next(Instant after, ZoneId local) {
    var own = zone == null ? local : zone;
    var rules = own.getRules();
    var from = justAfter(LocalDateTime.ofInstant(after, own).truncatedTo(ChronoUnit.MICROS));
    while (true) {
      var next = nextLocal(from);
      if (next == null) {
        return Optional.empty();
      }
      var offsets = rules.getValidOffsets(next);
      if (!offsets.isEmpty() && next.toInstant(offsets.getFirst()).isAfter(after)) {
        return Optional.of(next.toInstant(offsets.getFirst()));
      }
      var change = rules.getTransition(next);
      from =
          change == null
              ? justAfter(next)
              : change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
    }
  }

  private static LocalDateTime justAfter(LocalDateTime time) {
    return time.plusNanos(NANOS);
  }

  /** The first local time that is not before another. */
  private @Nullable LocalDateTime nextLocal(LocalDateTime from) {
    var date = nextDate(from.toLocalDate());
    boolean isSame = from.toLocalDate().equals(date);
    var time = nextTime(isSame ? from.toLocalTime() : LocalTime.MIDNIGHT);
    if (time == null && isSame) {
      date = nextDate(from.toLocalDate().plusDays(1));
      time = nextTime(LocalTime.MIDNIGHT);
    }
    return date == null || time == null ? null : LocalDateTime.of(date, time);
  }

  private @Nullable LocalDate nextDate(LocalDate from) {
    for (long y = year.next(from.getYear()); y >= 0; y = year.next(y + 1)) {
      boolean isFirstYear = y == from.getYear();
      int first = isFirstYear ? from.getMonthValue() : 1;
      for (long m = month.next(first); m >= 0; m = month.next(m + 1)) {
        boolean isFirst = isFirstYear && m == from.getMonthValue();
        var date = nextInMonth(YearMonth.of((int) y, (int) m), isFirst ? from.getDayOfMonth() : 1);
        if (date != null) {
          return date;
        }
      }
    }
    return null;
  }

  private @Nullable LocalDate nextInMonth(YearMonth of, int from) {
    int days = of.lengthOfMonth();
    for (int d = day.nextDay(from, days); d >= 0; d = day.nextDay(d + 1, days)) {
      var date = of.atDay(d);
      if (weekdays.isEmpty() || weekdays.contains(date.getDayOfWeek())) {
        return date;
      }
    }
    return null;
  }

  private @Nullable LocalTime nextTime(LocalTime from) {
    for (long h = hour.next(from.getHour()); h >= 0; h = hour.next(h + 1)) {
      boolean isFirstHour = h == from.getHour();
      int first = isFirstHour ? from.getMinute() : 0;
      for (long m = minute.next(first); m >= 0; m = minute.next(m + 1)) {
        boolean isFirst = isFirstHour && m == from.getMinute();
        long micros = from.getSecond() * TimeSpan.SECOND + from.getNano() / NANOS;
        long s = second.next(isFirst ? micros : 0);
        if (s >= 0) {
          return LocalTime.of((int) h, (int) m).plusNanos(s * NANOS);
        }
      }
    }
    return null;
  }

  /** The normal form, such as {@code Mon..Fri *-*-01 12:00:00}. */
  @Override
  public String toString() {
    String days = weekdays.isEmpty() ? "" : shownWeekdays() + " ";
    String separator = day.kind() == Kind.LAST_DAY ? "~" : "-";
    String date = year + "-" + month + separator + day;
    String text = days + date + " " + hour + ":" + minute + ":" + second;
    return zone == null ? text : text + " " + zone;
  }

  private String shownWeekdays() {
    var parts = new ArrayList<String>();
    var all = DayOfWeek.values();
    for (int i = 0; i < all.length; i++) {
      int last = i;
      while (last < all.length && weekdays.contains(all[last])) {
        last++;
      }
      int length = last - i;
      if (length > 2) {
        parts.add(name(all[i]) + ".." + name(all[last - 1]));
        i = last;
      } else if (length > 0) {
        parts.add(name(all[i]));
      }
    }
    return String.join(",", parts);
  }

  private static String name(DayOfWeek weekday) {
    return weekday.name().charAt(0) + weekday.name().substring(1, 3).toLowerCase(Locale.ROOT);
  }
}
