package org.usersvc.daemon.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.supervise.Supervised;

/** The table that {@code list} and {@code status} print. */
public final class ServiceTable {
  private static final String[] HEAD = {"NAME", "STATE", "PID", "FOR", "NOTES"};

  private ServiceTable() {}

  /** A head line and a line for each process. */
  public static List<String> of(Collection<Supervised> processes) {
    var rows = new ArrayList<String[]>(processes.size() + 1);
    rows.add(HEAD);
    for (var process : processes) {
      rows.add(row(process));
    }
    return Table.lines(rows);
  }

  private static String[] row(Supervised process) {
    int pid = process.state().phase().pidOrZero();
    return new String[] {
      process.name(),
      process.state().phase().word(),
      pid == 0 ? "-" : Integer.toString(pid),
      age(process.age().toSeconds()),
      notes(process)
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

  private static String notes(Supervised process) {
    var state = process.state();
    boolean up = state.phase().pidOrZero() != 0;
    var notes = new ArrayList<String>(4);
    if (up != (state.wanted() == Wanted.UP)) {
      notes.add(up ? "want down" : "want up");
    }
    if (state.paused()) {
      notes.add("paused");
    }
    if (process.status().termSent()) {
      notes.add("got TERM");
    }
    var lastExit = process.lastExit();
    if (lastExit != null && (process.deaths() > 0 || !lastExit.success())) {
      notes.add("last " + lastExit.describe());
    }
    String waitsFor = StatusLine.waitsFor(process);
    if (!waitsFor.isEmpty()) {
      notes.add(waitsFor.substring(2));
    }
    return String.join(", ", notes);
  }
}
