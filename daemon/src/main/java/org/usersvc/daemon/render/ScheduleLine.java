package org.usersvc.daemon.render;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.usersvc.daemon.view.ServiceView;

/** When a service starts next by the clock. */
public final class ScheduleLine {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss zzz", Locale.ROOT);

  private ScheduleLine() {}

  /** Whether it is down until its next start, as it has to be. */
  public static boolean waits(ServiceView view) {
    return view.isScheduled() && view.state().equals("down");
  }

  /** {@code scheduled: tidy: next start Tue 2026-12-01 20:04:11 CET}. */
  public static String of(ServiceView view, ZoneId zone) {
    var next = view.nextStart();
    String when = next == null ? "no next start" : "next start " + local(next, zone);
    return "scheduled: " + view.name() + ": " + when;
  }

  /** The moment by the clock of that zone. */
  static String local(Instant time, ZoneId zone) {
    return FORM.format(time.atZone(zone));
  }
}
