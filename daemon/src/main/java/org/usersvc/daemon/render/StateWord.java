package org.usersvc.daemon.render;

import org.usersvc.daemon.lifecycle.Phase;

/** The word that lists, events and JSON use for a phase. */
public final class StateWord {
  private StateWord() {}

  public static String of(Phase phase) {
    return switch (phase) {
      case Phase.Down _ -> "down";
      case Phase.Incomplete _ -> "incomplete";
      case Phase.Waiting _ -> "waiting";
      case Phase.Preparing _, Phase.Starting _ -> "starting";
      case Phase.Running _ -> "run";
      case Phase.FinishStarting _, Phase.Finishing _ -> "finish";
      case Phase.BackingOff _ -> "backoff";
      case Phase.Gone _ -> "gone";
    };
  }
}
