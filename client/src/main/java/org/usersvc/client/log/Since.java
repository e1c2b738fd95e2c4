package org.usersvc.client.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses typed times: how long ago, or a date, a time, or both in local time. */
public final class Since {
  private static final int LONGEST_NUMBER = 9;
  private static final Set<String> UNITS = Set.of("seconds", "minutes", "hours", "days", "weeks");
  private static final int DATE = "2000-01-01".length();

  private Since() {}

  /**
   * Reads {@code 90s}, {@code 10m}, {@code 2h}, {@code 3d}, {@code 1w}, {@code 2026-11-23}, {@code
   * 17:00[:00]} (of today), or date and time with a blank, {@code _} or {@code T} between them; of
   * the words of journalctl(1) {@code now}, {@code today}, {@code yesterday} and {@code 2 hours
   * ago}.
   *
   * @return null if it is none of these
   */
  public static @Nullable Instant parse(String text, ZonedDateTime now) {
    try {
      Instant said = inWords(text, now);
      if (said != null) {
        return said;
      }
      Instant since = ago(text, now.toInstant());
      return since != null ? since : calendar(text, now);
    } catch (DateTimeException wrong) {
      return null;
    }
  }

  private static @Nullable Instant inWords(String text, ZonedDateTime now) {
    LocalDate today = now.toLocalDate();
    return switch (text) {
      case "now" -> now.toInstant();
      case "today" -> today.atStartOfDay(now.getZone()).toInstant();
      case "yesterday" -> today.minusDays(1).atStartOfDay(now.getZone()).toInstant();
      default -> unitsAgo(text.split(" ", -1), now.toInstant());
    };
  }

  private static @Nullable Instant unitsAgo(String[] words, Instant now) {
    boolean isAgo = words.length == 3 && words[2].equals("ago") && !words[1].isEmpty();
    return isAgo && UNITS.contains(plural(words[1]))
        ? ago(words[0] + words[1].charAt(0), now)
        : null;
  }

  private static String plural(String unit) {
    return unit.endsWith("s") ? unit : unit + "s";
  }

  private static @Nullable Instant ago(String text, Instant now) {
    int last = text.length() - 1;
    if (last < 1 || last > LONGEST_NUMBER) {
      return null;
    }
    long unit =
        switch (text.charAt(last)) {
          case 's' -> 1;
          case 'm' -> 60;
          case 'h' -> 3600;
          case 'd' -> 86400;
          case 'w' -> 7 * 86400;
          default -> 0;
        };
    long count = 0;
    for (int i = 0; i < last; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      count = count * 10 + digit;
    }
    return unit == 0 ? null : now.minusSeconds(Math.min(count * unit, now.getEpochSecond()));
  }

  private static Instant calendar(String text, ZonedDateTime now) {
    ZoneId zone = now.getZone();
    if (text.length() < DATE) {
      return LocalDateTime.of(now.toLocalDate(), LocalTime.parse(text)).atZone(zone).toInstant();
    }
    LocalDate date = LocalDate.parse(text.substring(0, DATE));
    if (text.length() == DATE) {
      return date.atStartOfDay(zone).toInstant();
    }
    char between = text.charAt(DATE);
    if (between != ' ' && between != 'T' && between != '_') {
      throw new DateTimeException(text);
    }
    var time = LocalTime.parse(text.substring(DATE + 1));
    return LocalDateTime.of(date, time).atZone(zone).toInstant();
  }
}
