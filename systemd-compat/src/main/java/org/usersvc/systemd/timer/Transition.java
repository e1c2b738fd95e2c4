package org.usersvc.systemd.timer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The answer to one event. Immutable. */
public record Transition(TimerState next, List<TimerEffect> effects) {
  public Transition {
    effects = List.copyOf(effects);
  }

  static Transition to(TimerState next, TimerEffect... effects) {
    return new Transition(next, List.of(effects));
  }

  /** The same, with {@code more} as the last effects. */
  Transition then(TimerEffect... more) {
    return and(state -> to(state, more));
  }

  /** This transition and the one that follows from its state. */
  Transition and(Function<TimerState, Transition> following) {
    var after = following.apply(next);
    var all = new ArrayList<>(effects);
    all.addAll(after.effects());
    return new Transition(after.next(), all);
  }
}
