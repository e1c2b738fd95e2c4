package org.usersvc.systemd.socket;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.job.JobResult;
import org.usersvc.systemd.job.Work.Action;
import org.usersvc.systemd.socket.SocketEffect.Entered;
import org.usersvc.systemd.socket.SocketEffect.Finished;
import org.usersvc.systemd.socket.SocketState.Phase;

/** Answers the request of a socket unit as soon as a phase is entered that answers it. */
final class Requests {
  private Requests() {}

  /** The same transition, with the answer to the request behind the phase that gives it. */
  static Transition answer(Transition transition) {
    var request = transition.next().request();
    if (request == null) {
      return transition;
    }
    var effects = new ArrayList<SocketEffect>();
    boolean answered = false;
    for (var effect : transition.effects()) {
      effects.add(effect);
      var result =
          effect instanceof Entered(Phase phase) && !answered ? result(request, phase) : null;
      if (result != null) {
        effects.add(new Finished(request, result));
        answered = true;
      }
    }
    return answered ? new Transition(transition.next().asked(null), effects) : transition;
  }

  private static @Nullable JobResult result(Action request, Phase phase) {
    return switch (phase.active()) {
      case ACTIVE, RELOADING -> request == Action.START ? JobResult.DONE : JobResult.FAILED;
      case INACTIVE -> JobResult.DONE;
      case FAILED -> request == Action.STOP ? JobResult.DONE : JobResult.FAILED;
      case ACTIVATING, DEACTIVATING -> null;
    };
  }
}
