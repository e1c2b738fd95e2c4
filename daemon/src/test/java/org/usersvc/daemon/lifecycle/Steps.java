package org.usersvc.daemon.lifecycle;

import java.util.ArrayList;
import java.util.List;

/** A process that is told one event after the other. */
abstract class Steps {
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
