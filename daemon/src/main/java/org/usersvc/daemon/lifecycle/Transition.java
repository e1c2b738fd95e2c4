package org.usersvc.daemon.lifecycle;

import java.util.ArrayList;
import java.util.List;

/** The answer to one event. Immutable. */
public record Transition(ServiceState next, List<Effect> effects) {
  static Transition to(ServiceState next, Effect... effects) {
    return new Transition(next, List.of(effects));
  }

  /** The same, with {@code more} as the last effect. */
  Transition then(Effect more) {
    var all = new ArrayList<Effect>(effects.size() + 1);
    all.addAll(effects);
    all.add(more);
    return new Transition(next, List.copyOf(all));
  }

  /** The same, with {@code earlier} as the first effects. */
  Transition after(Effect... earlier) {
    var all = new ArrayList<Effect>(effects.size() + earlier.length);
    all.addAll(List.of(earlier));
    all.addAll(effects);
    return new Transition(next, List.copyOf(all));
  }
}
