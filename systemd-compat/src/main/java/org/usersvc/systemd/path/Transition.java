package org.usersvc.systemd.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The answer to one event. Immutable. */
public record Transition(PathState next, List<PathEffect> effects) {
  public Transition {
    effects = List.copyOf(effects);
  }

  static Transition to(PathState next, PathEffect... effects) {
    return new Transition(next, List.of(effects));
  }

  /** The same, with {@code more} as the last effects. */
  Transition then(PathEffect... more) {
    return and(state -> to(state, more));
  }

  /** This transition and the one that follows from its state. */
  Transition and(Function<PathState, Transition> following) {
    var after = following.apply(next);
    var all = new ArrayList<>(effects);
    all.addAll(after.effects());
    return new Transition(after.next(), all);
  }
}
