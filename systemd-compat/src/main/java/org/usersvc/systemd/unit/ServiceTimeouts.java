package org.usersvc.systemd.unit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a service may take. Immutable. Null: for ever.
 *
 * @param start {@code TimeoutStartSec=}, for each phase of a start and for a reload
 * @param stop {@code TimeoutStopSec=}, for each command and each signal of a stop
 * @param abort {@code TimeoutAbortSec=}, after the signal of the watchdog
 * @param runtime {@code RuntimeMaxSec=}, while it is up
 * @param watchdog {@code WatchdogSec=}, between two signs of life
 * @param onStart {@code TimeoutStartFailureMode=}
 * @param onStop {@code TimeoutStopFailureMode=}
 */
public record ServiceTimeouts(
    @Nullable Duration start,
    @Nullable Duration stop,
    @Nullable Duration abort,
    @Nullable Duration runtime,
    @Nullable Duration watchdog,
    FailureMode onStart,
    FailureMode onStop) {
  /** Where no file sets a timeout. */
  public static final Duration DEFAULT = Duration.ofSeconds(90);

  /** What ends a service that is late. */
  public enum FailureMode {
    /** The signal of a stop, later that of a kill. */
    TERMINATE,
    /** The signal of the watchdog, later that of a kill. */
    ABORT,
    /** The signal of a kill. */
    KILL
  }

  /** The defaults for a type: the start of a oneshot has no bound. */
  public static ServiceTimeouts defaults(ServiceType type) {
    return new ServiceTimeouts(
        type == ServiceType.ONESHOT ? null : DEFAULT,
        DEFAULT,
        DEFAULT,
        null,
        null,
        FailureMode.TERMINATE,
        FailureMode.TERMINATE);
  }
}
