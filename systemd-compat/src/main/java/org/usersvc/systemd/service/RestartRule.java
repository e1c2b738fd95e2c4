package org.usersvc.systemd.service;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.service.ServiceState.Fact;
import org.usersvc.systemd.unit.RestartSettings;

/** Whether and when a service that has ended is started again by itself. */
final class RestartRule {
  private RestartRule() {}

  /**
   * Whether it is started again. In this order: a requested stop forbids it, then the exit status
   * of the main process forbids or forces it, then the table decides.
   */
  static boolean restarts(ServiceState state, RestartSettings settings) {
    var status = state.mainStatus();
    if (state.has(Fact.STOP_ASKED) || (status != null && settings.prevent().contains(status))) {
      return false;
    }
    return (status != null && settings.force().contains(status))
        || restarts(settings.when(), state.result());
  }

  /** The table of systemd.service(5), {@code Restart=}. */
  static boolean restarts(RestartSettings.When when, ServiceResult result) {
    boolean unwanted = result == ServiceResult.EXEC_CONDITION;
    return switch (when) {
      case NO -> false;
      case ON_SUCCESS -> result == ServiceResult.SUCCESS;
      case ON_FAILURE -> result.isFailure();
      case ON_ABNORMAL -> result.isFailure() && result != ServiceResult.EXIT_CODE;
      case ON_WATCHDOG -> result == ServiceResult.WATCHDOG;
      case ON_ABORT -> result == ServiceResult.SIGNAL || result == ServiceResult.CORE_DUMP;
      case ALWAYS -> !unwanted;
    };
  }

  /**
   * The time until the next restart: it grows by the same factor with each, from {@code
   * RestartSec=} to {@code RestartMaxDelaySec=} in {@code RestartSteps=}.
   *
   * @param restarts how often it was restarted before
   * @return null: never
   */
  static @Nullable Duration delay(RestartSettings settings, int restarts) {
    var first = settings.delay();
    var last = settings.longestDelay();
    if (first == null || last == null || settings.steps() == 0 || first.compareTo(last) >= 0) {
      return first;
    }
    if (first.isZero() || restarts >= settings.steps()) {
      return restarts == 0 ? first : last;
    }
    double factor = Math.pow((double) last.toNanos() / first.toNanos(), steps(settings, restarts));
    return Duration.ofNanos((long) (first.toNanos() * factor));
  }

  private static double steps(RestartSettings settings, int restarts) {
    return (double) restarts / settings.steps();
  }
}
