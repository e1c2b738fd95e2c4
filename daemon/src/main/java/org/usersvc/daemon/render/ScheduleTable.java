package org.usersvc.daemon.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.view.ServiceView;

/** The table that {@code schedule} prints: when services start by the clock. */
public final class ScheduleTable {
  private static final String[] HEAD = {"NAME", "NEXT START", "IN", "LAST START", "LAST RESULT"};

  private ScheduleTable() {}

  /** The services, the next to start first, those without a next start last. */
  public static List<ServiceView> sorted(Collection<ServiceView> views) {
    var order = Comparator.comparing(ScheduleTable::next).thenComparing(ServiceView::name);
    return views.stream().sorted(order).toList();
  }

  private static Instant next(ServiceView view) {
    var next = view.nextStart();
    return next == null ? Instant.MAX : next;
  }

  /** A head line and a line for each service, in that order; times of that zone. */
  public static List<String> of(Collection<ServiceView> views, Instant now, ZoneId zone) {
    var rows = new ArrayList<String[]>(views.size() + 1);
    rows.add(HEAD);
    for (var view : sorted(views)) {
      rows.add(row(view, now, zone));
    }
    return Table.lines(rows);
  }

  private static String[] row(ServiceView view, Instant now, ZoneId zone) {
    var next = view.nextStart();
    var exit = view.lastExit();
    String result = exit == null ? "-" : exit.describe();
    return new String[] {
      view.name(),
      time(next, zone),
      next == null ? "-" : left(Duration.between(now, next)),
      time(view.lastStart(), zone),
      view.lives() ? "runs" : result
    };
  }

  private static String left(Duration left) {
    return left.isNegative() ? "now" : ServiceTable.age(left.toSeconds());
  }

  private static String time(@Nullable Instant time, ZoneId zone) {
    return time == null ? "-" : ScheduleLine.local(time, zone);
  }
}
