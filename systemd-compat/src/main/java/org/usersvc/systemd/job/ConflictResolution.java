package org.usersvc.systemd.job;

import java.util.Optional;
import org.usersvc.systemd.syntax.UnitName;

/**
 * Sees to it that the jobs of each unit can be merged. Of two that contradict each other the one
 * that is only wished for is dropped; of two such, the stop, unless a conflict asks for it.
 *
 * <p>Source: {@code transaction.c:139}.
 */
final class ConflictResolution {
  private final Draft draft;

  ConflictResolution(Draft draft) {
    this.draft = draft;
  }

  /** Drops jobs until none contradict; a refusal if two of one unit both matter. */
  Optional<Refusal> resolve() {
    for (var unit : draft.units()) {
      for (var pair = contradiction(unit); pair.isPresent(); pair = contradiction(unit)) {
        var victim = pair.get().victim();
        if (victim.isEmpty()) {
          return Optional.of(pair.get().refusal());
        }
        draft.drop(victim.get());
      }
    }
    return Optional.empty();
  }

  private Optional<Pair> contradiction(UnitName unit) {
    var jobs = draft.on(unit);
    for (var one : jobs) {
      for (var other : jobs) {
        if (one.type().conflictsWith(other.type())) {
          return Optional.of(new Pair(one, other));
        }
      }
    }
    return Optional.empty();
  }

  private record Pair(DraftJob one, DraftJob other) {
    Optional<DraftJob> victim() {
      if (one.matters()) {
        return other.matters() ? Optional.empty() : Optional.of(other);
      }
      if (other.matters()) {
        return Optional.of(one);
      }
      var stop = one.type() == JobType.STOP ? one : other;
      return Optional.of(stop.isByConflict() ? (stop == one ? other : one) : stop);
    }

    Refusal refusal() {
      return new Refusal.Conflicting(one.unit(), one.type(), other.type());
    }
  }
}
