package org.usersvc.daemon.render;

import org.usersvc.daemon.control.Status.Shown;
import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.supervise.Supervised;

/** One line for one process, as sv and svstat print it (sv.c:112-176, svstat.c). */
public final class StatusLine {
  private StatusLine() {}

  /** As {@link #sv}, or that it is gone. */
  public static String now(Supervised process) {
    return process.state().phase() instanceof Phase.Gone
        ? process.name() + ": no longer supervised"
        : sv(process);
  }

  /** As {@link #now}, and what a user would look for next when it is not where it should be. */
  public static String withReason(Supervised process) {
    var lastExit = process.lastExit();
    String line = now(process);
    if (lastExit == null || process.state().phase() instanceof Phase.Running) {
      return line;
    }
    return line + "; last run: " + lastExit.describe() + ", deaths: " + process.deaths();
  }

  /** {@code run: foot: (pid 812) 5s, normally down; run: log: (pid 810) 5s}. */
  public static String sv(Supervised process) {
    String line = sv(process, process.name());
    var logger = process.isLogger() ? null : process.logger();
    return logger == null ? line : line + "; " + sv(logger, "log");
  }

  private static String sv(Supervised process, String name) {
    var state = process.state();
    boolean lives = state.phase().pidOrZero() != 0;
    var line = new StringBuilder(80).append(shown(process)).append(": ").append(name).append(": ");
    if (lives) {
      line.append("(pid ").append(state.phase().pidOrZero()).append(") ");
    }
    line.append(process.age().toSeconds()).append('s').append(normally(process, lives));
    if (lives) {
      line.append(state.paused() ? ", paused" : "");
      line.append(state.wanted() == Wanted.UP ? "" : ", want down");
      line.append(process.status().termSent() ? ", got TERM" : "").append(waitsFor(process));
    } else {
      line.append(state.wanted() == Wanted.UP ? ", want up" : "").append(waitsFor(process));
    }
    return line.toString();
  }

  /** What clients have to know beyond sv's own words. */
  static String waitsFor(Supervised process) {
    var restart = process.untilRestart();
    return switch (process.state().phase()) {
      case Phase.Incomplete _ -> ", no run yet";
      case Phase.Waiting _ -> ", waits for " + String.join(", ", process.missing());
      case Phase.BackingOff _, Phase.Settling _ when restart != null ->
          ", next start in " + restart.plusMillis(999).toSeconds() + "s" + trouble(process);
      case Phase.Preparing _ -> ", control/u runs";
      case Phase.Down down -> down.failed() ? ", failed" + trouble(process) : "";
      case Phase.Running running -> progress(process, running);
      case Phase.Completed _ -> ", done";
      case Phase.BackingOff _, Phase.Settling _, Phase.Starting _ -> "";
      case Phase.FinishStarting _, Phase.Finishing _, Phase.Gone _ -> "";
    };
  }

  private static String trouble(Supervised process) {
    return process.trouble() == null ? "" : ", " + process.trouble();
  }

  private static String progress(Supervised process, Phase.Running running) {
    var said = process.said();
    String status = said.status() == null ? "" : ", says: " + NativeText.printable(said.status());
    return (running.ready() ? "" : ", not ready yet")
        + (process.isHeldBack() ? ", stops after what depends on it" : "")
        + (said.doing() == null ? "" : ", " + said.doing())
        + status;
  }

  /** {@code DIR: up (pid 812) 5 seconds, normally down}, without the directory's name. */
  public static String svstat(Supervised process) {
    var state = process.state();
    int pid = state.phase().pidOrZero();
    var line = new StringBuilder(60).append(pid == 0 ? "down " : "up (pid " + pid + ") ");
    line.append(process.age().toSeconds()).append(" seconds").append(normally(process, pid != 0));
    line.append(state.paused() ? ", paused" : "");
    boolean wantedUp = state.wanted() == Wanted.UP;
    if (wantedUp != (pid != 0)) {
      line.append(wantedUp ? ", want up" : ", want down");
    }
    return line.toString();
  }

  private static String normally(Supervised process, boolean lives) {
    boolean down = process.directory().isDown();
    return lives ? (down ? ", normally down" : "") : (down ? "" : ", normally up");
  }

  private static String shown(Supervised process) {
    return switch (process.status().shown()) {
      case Shown.DOWN -> "down";
      case Shown.RUN -> "run";
      case Shown.FINISH -> "finish";
    };
  }
}
