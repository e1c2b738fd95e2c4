package org.usersvc.systemd.read;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.unit.ServiceTimeouts;
import org.usersvc.systemd.unit.ServiceTimeouts.FailureMode;
import org.usersvc.systemd.unit.ServiceType;

/** How long a service may take. */
final class TimeoutsPart implements Part {
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

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "TimeoutStartSec" -> value.timeout(read -> start = new Bound(read));
      case "TimeoutStopSec" -> value.timeout(read -> stop = new Bound(read));
      case "TimeoutSec" -> value.timeout(this::both);
      case "TimeoutAbortSec" -> abort(value);
      case "RuntimeMaxSec" -> value.timeout(read -> runtime = read);
      case "WatchdogSec" -> value.timeout(read -> watchdog = read);
      case "TimeoutStartFailureMode" -> value.word(FailureMode.class, word -> onStart = word);
      case "TimeoutStopFailureMode" -> value.word(FailureMode.class, word -> onStop = word);
      default -> {
        return false;
      }
    }
    return true;
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
