package org.usersvc.systemd.command;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/**
 * The last lines of a unit's log since it was started, as {@code systemctl status} shows those of a
 * journal. <b>Loop thread only.</b>
 *
 * @param since no older lines, in microseconds since 1970
 */
record LogTail(Asking asking, UnitName unit, long since) {
  private static final int USUAL = 10;

  /** The length of {@code 2026-11-23_17:28:20.12345}. */
  private static final int STAMP = 25;

  /** The precision of a stamp, in microseconds. */
  private static final int PRECISION = 10;

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HH:mm:ss.SSSSS", Locale.ROOT);
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT);

  /** How many lines are asked for; 0: none. */
  static int wanted(Asking asking) throws WrongWords {
    String text = asking.line().value("lines", Integer.toString(USUAL));
    if (!text.matches("[0-9]{1,6}")) {
      throw new WrongWords("Failed to parse lines '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  /**
   * Calls the taker with the lines for people. The log of a service directory has the directory's
   * name.
   */
  void read(int most, Consumer<List<String>> taker) {
    var places = asking.place().host().mechanisms().places();
    if (most == 0) {
      taker.accept(List.of());
      return;
    }
    places.lastLines(
        unit.toString(),
        most,
        lines -> {
          if (lines.isEmpty() && unit.type() == UnitType.SERVICE) {
            places.lastLines(stem(), most, others -> taker.accept(shown(others)));
          } else {
            taker.accept(shown(lines));
          }
        });
  }

  private String stem() {
    String name = unit.toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private List<String> shown(List<String> lines) {
    boolean isBare = asking.line().value("output", "").equals("cat");
    String source = isBare ? "" : Clients.hostName(asking) + " " + stem();
    return shown(
        lines, Instant.EPOCH.plus(since, ChronoUnit.MICROS), source, ZoneId.systemDefault());
  }

  /**
   * Lines of a log as people see them.
   *
   * @param first no older lines
   * @param source who has written them; empty: neither that nor the time is shown
   */
  static List<String> shown(List<String> lines, Instant first, String source, ZoneId zone) {
    var shown = new ArrayList<String>();
    for (String line : lines) {
      var time = time(line);
      if (!time.plus(PRECISION, ChronoUnit.MICROS).isBefore(first)) {
        String text = NativeText.printable(line.substring(Math.min(line.length(), STAMP + 1)));
        String start = SHOWN.withZone(zone).format(time) + " " + source + ": ";
        shown.add(source.isEmpty() ? text : start + text);
      }
    }
    return shown;
  }

  /** When a line was written; the beginning of time if it does not say. */
  private static Instant time(String line) {
    try {
      String stamp = line.substring(0, Math.min(line.length(), STAMP));
      return LocalDateTime.parse(stamp, WRITTEN).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException ignored) { // another program has written it
      return Instant.EPOCH;
    }
  }
}
