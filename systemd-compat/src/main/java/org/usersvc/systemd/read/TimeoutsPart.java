package org.usersvc.systemd.read;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.ServiceTimeouts.FailureMode;
import org.usersvc.systemd.unit.ServiceType;

/** How long a service may take. */
final class TimeoutsPart extends Part {
  /** A bound that a file sets; null: without an end. */
  private record Bound(@Nullable Duration span) {
    private static @Nullable Duration of(@Nullable Bound bound, @Nullable Duration otherwise) {
      return bound == null ? otherwise : bound.span;
    }
  }

  private @Nullable Bound start;
  private @Nullable Bound stop;
  private @Nullable Bound abort;
  private @Nullable Duration runtime;
  private @Nullable Duration watchdog;
  private FailureMode onStart = FailureMode.TERMINATE;
  private FailureMode onStop = FailureMode.TERMINATE;

  TimeoutsPart() {
    on("TimeoutStartSec", value -> value.timeout(read -> start = new Bound(read)));
    on("TimeoutStopSec", value -> value.timeout(read -> stop = new Bound(read)));
    on("TimeoutSec", value -> value.timeout(this::both));
    on("TimeoutAbortSec", this::abort);
    on("RuntimeMaxSec", value -> value.timeout(read -> runtime = read));
    on("WatchdogSec", value -> value.timeout(read -> watchdog = read));
    on("TimeoutStartFailureMode", value -> value.word(FailureMode.class, word -> onStart = word));
    on("TimeoutStopFailureMode", value -> value.word(FailureMode.class, word -> onStop = word));
  }

  private void both(@Nullable Duration span) {
    start = new Bound(span);
    stop = new Bound(span);
  }

  private void abort(Value value) {
    if (value.isEmpty()) {
      abort = null;
    } else {
      value.timeout(read -> abort = new Bound(read));
    }
  }

  boolean hasWatchdog() {
    return watchdog != null;
  }

  ServiceTimeouts timeouts(ServiceType type) {
    var defaults = ServiceTimeouts.defaults(type);
    var stopSpan = Bound.of(stop, defaults.stop());
    return new ServiceTimeouts(
        Bound.of(start, defaults.start()),
        stopSpan,
        Bound.of(abort, stopSpan),
        runtime,
        watchdog,
        onStart,
        onStop);
  }
}
