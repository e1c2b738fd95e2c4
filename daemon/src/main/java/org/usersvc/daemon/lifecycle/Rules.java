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
 * @param stopBound how long run and finish may take when they are to end: zero, for as long as they
 *     like; null, likewise, but {@link #DEFAULT_STOP} if the daemon ends them of its own accord
 * @param finishBound how long finish may take, null for as long as it likes
 */
public record Rules(
    boolean oneshot,
    RestartRule restart,
    @Nullable Duration stopBound,
    @Nullable Duration finishBound) {
  /** The bound of an end that no file bounds, and that nobody has asked for. */
  static final Duration DEFAULT_STOP = Duration.ofSeconds(10);

  /** A run that is always started again. */
  public static final Rules PLAIN = new Rules(false, RestartRule.ALWAYS, null, null);

  /** Whether a run that ends in that phase is a oneshot that has done its work. */
  public boolean complete(Phase phase, ExitStatus status) {
    return oneshot && status.success() && !phase.isEnding();
  }

  /**
   * How long a process may take to end.
   *
   * @param unasked whether the daemon ends it of its own accord
   * @return null for as long as it likes
   */
  @Nullable Duration boundOfStop(boolean unasked) {
    var bound = stopBound == null && unasked ? DEFAULT_STOP : stopBound;
    return bound == null || bound.isZero() ? null : bound;
  }

  /** How long the rest of run's process group may take to end; it always has a bound. */
  public Duration boundOfRest() {
    var bound = boundOfStop(true);
    return bound == null ? DEFAULT_STOP : bound;
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
