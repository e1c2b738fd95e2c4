package org.usersvc.systemd.unit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.syntax.ExitStatuses;

/**
 * Whether and when a service that has ended is started again. Immutable.
 *
 * @param when {@code Restart=}
 * @param delay {@code RestartSec=}; null: it is never started again by itself
 * @param steps {@code RestartSteps=}: after so many restarts the delay has grown to the longest; 0:
 *     it never grows
 * @param longestDelay {@code RestartMaxDelaySec=}; null: the delay never grows
 * @param mode {@code RestartMode=}
 * @param prevent {@code RestartPreventExitStatus=}
 * @param force {@code RestartForceExitStatus=}
 */
public record RestartSettings(
    When when,
    @Nullable Duration delay,
    int steps,
    @Nullable Duration longestDelay,
    Mode mode,
    ExitStatuses prevent,
    ExitStatuses force) {
  /** {@code RestartSec=} where no file sets it. */
  public static final Duration DEFAULT_DELAY = Duration.ofMillis(100);

  /** No restart, which is the default. */
  public static final RestartSettings NO =
      new RestartSettings(
          When.NO, DEFAULT_DELAY, 0, null, Mode.NORMAL, ExitStatuses.NONE, ExitStatuses.NONE);

  /** The words of {@code Restart=}. */
  public enum When {
    NO,
    ON_SUCCESS,
    ON_FAILURE,
    ON_ABNORMAL,
    ON_WATCHDOG,
    ON_ABORT,
    ALWAYS
  }

  /** The words of {@code RestartMode=}. */
  public enum Mode {
    /** The service is inactive or failed for a moment, which dependent units see. */
    NORMAL,
    /** Dependent units see activating only. */
    DIRECT,
    /** As normal; the start has {@code DEBUG_INVOCATION=1}. */
    DEBUG
  }
}
