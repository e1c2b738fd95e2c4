package org.usersvc.daemon.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.view.ServiceView;

/** The table that {@code list} and {@code status} print. */
public final class ServiceTable {
  private static final String[] HEAD = {"NAME", "STATE", "PID", "FOR", "NOTES"};
  private static final int STATE = 1;
  private static final int NOTES = 4;

  private ServiceTable() {}

  /** A head line and a line for each service. */
  public static List<String> of(List<ServiceView> views, Palette palette) {
    var rows = new ArrayList<String[]>(views.size() + 1);
    rows.add(HEAD);
    for (var view : views) {
      rows.add(row(view));
    }
    return Table.lines(
        rows,
        (row, column, cell) -> paint(palette, row == 0 ? null : views.get(row - 1), column, cell));
  }

  private static String paint(
      Palette palette, @Nullable ServiceView view, int column, String cell) {
    if (view == null) {
      return palette.head(cell);
    }
    boolean shows = column == STATE || (column == NOTES && view.isInTrouble());
    return shows ? palette.state(view, cell) : cell;
  }

  private static String[] row(ServiceView view) {
    return new String[] {
      view.name(),
      view.state(),
      view.lives() ? Integer.toString(view.pid()) : "-",
      age(view.age().toSeconds()),
      notes(view)
    };
  }

  /** {@code 7s}, {@code 3m12s}, {@code 5h02m}, {@code 9d4h}. */
  static String age(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m" + seconds % 60 + "s";
    }
    if (seconds < 86400) {
      return seconds / 3600 + "h" + seconds / 60 % 60 + "m";
    }
    return seconds / 86400 + "d" + seconds / 3600 % 24 + "h";
  }

  private static String notes(ServiceView view) {
    var exit = view.lastExit();
    String last =
        exit != null && (view.deaths() > 0 || !exit.success()) ? "last " + exit.describe() : "";
    return ServiceView.listed(
        view.unmet(),
        view.isPaused() ? "paused" : "",
        view.gotTerm() ? "got TERM" : "",
        last,
        view.why());
  }
}
