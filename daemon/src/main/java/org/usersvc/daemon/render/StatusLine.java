package org.usersvc.daemon.render;

import org.usersvc.daemon.view.ServiceView;

/** One line for one process, as sv and svstat print it (sv.c:112-176, svstat.c). */
public final class StatusLine {
  private StatusLine() {}

  /** Like {@link #sv}, or says that it is not supervised any more. */
  public static String now(ServiceView view) {
    return view.isGone() ? view.name() + ": no longer supervised" : sv(view);
  }

  /** Like {@link #now}, with hints for the user if it is not in its wanted state. */
  public static String withReason(ServiceView view) {
    String history = view.history();
    return now(view) + (history.isEmpty() ? "" : "; " + history);
  }

  /** {@code run: foot: (pid 812) 5s, normally down; run: log: (pid 810) 5s}. */
  public static String sv(ServiceView view) {
    var logger = view.logger();
    String line = sv(view, view.name());
    return logger == null ? line : line + "; " + sv(logger, "log");
  }

  private static String sv(ServiceView view, String name) {
    var line =
        new StringBuilder(80).append(view.stateOfSv()).append(": ").append(name).append(": ");
    if (view.lives()) {
      line.append("(pid ").append(view.pid()).append(") ");
    }
    line.append(view.age().toSeconds()).append('s').append(normally(view));
    add(line, view.lives() && view.isPaused() ? "paused" : "");
    add(line, view.unmet());
    add(line, view.lives() && view.gotTerm() ? "got TERM" : "");
    add(line, view.why());
    return line.toString();
  }

  /** {@code DIR: up (pid 812) 5 seconds, normally down}, without the directory's name. */
  public static String svstat(ServiceView view) {
    var line =
        new StringBuilder(60).append(view.lives() ? "up (pid " + view.pid() + ") " : "down ");
    line.append(view.age().toSeconds()).append(" seconds").append(normally(view));
    add(line, view.isPaused() ? "paused" : "");
    add(line, view.unmet());
    return line.toString();
  }

  private static void add(StringBuilder line, String note) {
    line.append(note.isEmpty() ? "" : ", ").append(note);
  }

  private static String normally(ServiceView view) {
    boolean down = !view.isNormallyUp();
    return down != view.lives() ? "" : down ? ", normally down" : ", normally up";
  }
}
