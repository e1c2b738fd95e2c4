package org.usersvc.daemon.render;

import java.time.Duration;
import org.usersvc.daemon.view.ServiceView;

/** One line for a service whose run has ended unasked, or could not be started. */
public final class FailureLine {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private FailureLine() {}

  /** {@code bad: run ended at once: exit 3; next try in 1 s}. */
  public static String of(ServiceView view) {
    String obstacle = view.obstacle();
    if (obstacle != null) {
      return view.name() + ": " + obstacle;
    }
    String trouble = view.trouble();
    return view.name() + ": " + (trouble == null ? end(view) : trouble) + "; " + next(view);
  }

  private static String end(ServiceView view) {
    var exit = view.lastExit();
    String how = exit == null ? "unknown" : exit.describe();
    String left = view.background();
    return "run ended "
        + after(view.ranFor())
        + ": "
        + how
        + (left.isEmpty() ? "" : ", and " + left);
  }

  private static String after(Duration ran) {
    long tenths = ran.toMillis() / 100;
    return ran.compareTo(AT_ONCE) < 0
        ? "at once"
        : "after " + tenths / 10 + "." + tenths % 10 + " s";
  }

  private static String next(ServiceView view) {
    var restart = view.untilRestart();
    if (restart != null) {
      return "next try in " + restart.plusMillis(999).toSeconds() + " s";
    }
    return switch (view.state()) {
      case "finish" -> "finish runs";
      case "failed" -> "it stays down until it is told up";
      default -> StatusLine.now(view);
    };
  }
}
