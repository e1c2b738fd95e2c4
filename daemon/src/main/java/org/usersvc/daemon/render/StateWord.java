package org.usersvc.daemon.render;

import org.usersvc.daemon.lifecycle.Phase;
import org.usersvc.daemon.lifecycle.Wanted;

/** The words that lists, events, JSON and D-Bus use. */
public final class StateWord {
  private StateWord() {}

  public static String of(Phase phase) {
    return switch (phase) {
      case Phase.Down down -> down.failed() ? "failed" : "down";
      case Phase.Incomplete _ -> "incomplete";
      case Phase.Waiting _ -> "waiting";
      case Phase.Preparing _, Phase.Starting _ -> "starting";
      case Phase.Running _ -> "run";
      case Phase.Completed _ -> "done";
      case Phase.FinishStarting _, Phase.Finishing _ -> "finish";
      case Phase.BackingOff _, Phase.Settling _ -> "backoff";
      case Phase.Gone _ -> "gone";
    };
  }

  public static String of(Wanted wanted) {
    return switch (wanted) {
      case UP -> "up";
      case DOWN -> "down";
      case EXIT, DRAINED, REMOVED -> "exit";
    };
  }
}
