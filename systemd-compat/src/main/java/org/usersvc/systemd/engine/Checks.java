package org.usersvc.systemd.engine;

import java.util.List;
import java.util.Optional;
import org.usersvc.systemd.condition.Judgement;

/**
 * What came of the conditions and asserts of a unit. Immutable.
 *
 * @param at when they were judged; empty if they never were
 */
public record Checks(Optional<Stamps.Stamp> at, Judgement conditions, Judgement asserts) {
  private static final Judgement UNKNOWN = new Judgement(false, List.of());

  /** The unit was not started yet. */
  public static final Checks NONE = new Checks(Optional.empty(), UNKNOWN, UNKNOWN);
}
