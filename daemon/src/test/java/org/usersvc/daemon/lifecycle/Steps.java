package org.usersvc.daemon.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.model.RestartRule;

/** A process that is told one event after the other. */
abstract class Steps {
  /** The bound of a stop in {@link #BOUNDED}. */
  static final Duration BOUND = Duration.ofSeconds(2);

  static final Rules BOUNDED = new Rules(false, RestartRule.ALWAYS, BOUND, null);

  ServiceState state = ServiceState.initial(Wanted.UP);
  Rules rules = Rules.PLAIN;

  /** What is ordered while these happen. */
  final List<Effect> after(Event... events) {
    var effects = new ArrayList<Effect>();
    for (var event : events) {
      var step = Lifecycle.step(state, event, rules);
      state = step.next();
      effects.addAll(step.effects());
    }
    return effects;
  }
}
