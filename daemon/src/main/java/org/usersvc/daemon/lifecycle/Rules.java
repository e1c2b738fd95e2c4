package org.usersvc.daemon.lifecycle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.RestartRule;

/**
 * What the definition of one process says of its life. Immutable.
 *
 * @param oneshot whether run runs to its end and then counts as up
 * @param restart what follows an end of run that nobody has asked for
 * @param finishBound how long finish may take, null for as long as it likes
 */
public record Rules(boolean oneshot, RestartRule restart, @Nullable Duration finishBound) {
  /** A run that is always started again. */
  public static final Rules PLAIN = new Rules(false, RestartRule.ALWAYS, null);

  /** Whether the end of run in that phase is that of a oneshot that has done what it is for. */
  public boolean complete(Phase phase, ExitStatus status) {
    return oneshot && status.success() && !phase.isEnding();
  }

  /** What follows the end of a run that has ended by itself. */
  Next afterEnd(ExitStatus status) {
    return switch (restart) {
      case ALWAYS -> Next.AGAIN;
      case ON_FAILURE -> status.success() ? Next.DONE : Next.AGAIN;
      case NO -> status.success() ? Next.DONE : Next.NEVER;
    };
  }

  /** What follows the end of a run that was ended because it did not keep what it promised. */
  Next afterBreach() {
    return restart == RestartRule.NO ? Next.NEVER : Next.LATER;
  }
}
