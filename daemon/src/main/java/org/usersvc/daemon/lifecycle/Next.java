package org.usersvc.daemon.lifecycle;

import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.RestartRule;

/** What follows the end of a run of a service that is still wanted up. */
public enum Next {
  /** run is started again at once. */
  AGAIN,
  /** run is started again after the restart delay. */
  LATER,
  /** The service stays down: it has done what it was for. */
  DONE,
  /** The service stays down: it has failed. */
  NEVER;

  /** What follows an end that nobody has asked for. */
  public static Next after(RestartRule rule, ExitStatus status) {
    return switch (rule) {
      case ALWAYS -> AGAIN;
      case ON_FAILURE -> status.success() ? DONE : AGAIN;
      case NO -> status.success() ? DONE : NEVER;
    };
  }
}
