package org.usersvc.systemd.service;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.service.ServiceEffect.Entered;
import org.usersvc.systemd.service.ServiceEffect.JobFinished;
import org.usersvc.systemd.service.ServiceState.Fact;
import org.usersvc.systemd.unit.ActiveState;

/**
 * Answers the request of a service as soon as a phase is entered that answers it.
 *
 * <p>The rules: a start is done when the service is active, and when it ends inactive without a
 * failure; it fails with the service. A stop is done when the service is down. A reload is done
 * when the service is active again.
 */
final class Jobs {
  private Jobs() {}

  /** The same transition, with the answer to the request behind the phase that gives it. */
  static Transition answer(Transition transition) {
    var request = transition.next().request();
    if (request == null) {
      return transition;
    }
    boolean reloaded = !transition.next().has(Fact.RELOAD_FAILED);
    var effects = new ArrayList<ServiceEffect>();
    boolean answered = false;
    for (var effect : transition.effects()) {
      effects.add(effect);
      var outcome =
          effect instanceof Entered(Phase phase) && !answered
              ? outcome(request, phase.active(), reloaded)
              : null;
      if (outcome != null) {
        effects.add(new JobFinished(request, outcome));
        answered = true;
      }
    }
    return answered ? new Transition(transition.next().asked(null), effects) : transition;
  }

  private static @Nullable Outcome outcome(Request request, ActiveState active, boolean reloaded) {
    return switch (active) {
      case ACTIVE -> whenActive(request, reloaded);
      case RELOADING -> request == Request.START ? Outcome.DONE : null;
      case INACTIVE -> Outcome.DONE;
      case FAILED -> request == Request.STOP ? Outcome.DONE : Outcome.FAILED;
      case ACTIVATING, DEACTIVATING -> null;
    };
  }

  private static Outcome whenActive(Request request, boolean reloaded) {
    return switch (request) {
      case START -> Outcome.DONE;
      case STOP -> Outcome.FAILED;
      case RELOAD -> reloaded ? Outcome.DONE : Outcome.FAILED;
    };
  }
}
