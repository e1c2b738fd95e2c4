package org.usersvc.daemon.lifecycle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.RestartRule;

/**
 * The rules that the definition gives for the life of one process. Immutable.
 *
 * @param oneshot whether run runs to its end and then counts as up
 * @param restart what follows when run ends by itself
 * @param finishBound how long finish may take, null for as long as it likes
 */
public record Rules(boolean oneshot, RestartRule restart, @Nullable Duration finishBound) {
  /** A run that is always started again. */
  public static final Rules PLAIN = new Rules(false, RestartRule.ALWAYS, null);

  /** Whether a run that ends in that phase is a oneshot that has done its work. */
  public boolean complete(Phase phase, ExitStatus status) {
    return oneshot && status.success() && !phase.isEnding();
  }

  /** What follows when run has ended by itself. */
  Next afterEnd(ExitStatus status) {
    return switch (restart) {
      case ALWAYS -> Next.AGAIN;
      case ON_FAILURE -> status.success() ? Next.DONE : Next.AGAIN;
      case NO -> status.success() ? Next.DONE : Next.NEVER;
    };
  }

  /** What follows when the daemon has ended run because run broke a promise. */
  Next afterBreach() {
    return restart == RestartRule.NO ? Next.NEVER : Next.LATER;
  }
}
