package org.usersvc.systemd.manage;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.usersvc.systemd.engine.Stamps;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;
import org.usersvc.systemd.unit.UnitFlags.CollectMode;

/**
 * Finds the units that can be forgotten: nothing of them runs or is queued, nobody holds them, and
 * no unit that stays names them.
 *
 * <p>Source: systemd.unit(5), {@code CollectMode=}; {@code unit.c:433}.
 */
final class Collector {
  private final Units units;
  private final Predicate<UnitName> hasJob;
  private Set<UnitName> candidates = new LinkedHashSet<>();

  /** What was found and is not forgotten yet. */
  private SequencedSet<UnitName> needless = new LinkedHashSet<>();

  /**
   * A collector without candidates.
   *
   * @param hasJob whether a unit has a job
   */
  Collector(Units units, Predicate<UnitName> hasJob) {
    this.units = units;
    this.hasJob = hasJob;
  }

  /** A unit may not be needed any more. */
  void consider(UnitName unit) {
    candidates.add(unit);
  }

  /** The next unit that can be forgotten; empty if none is left. The caller forgets it. */
  Optional<KnownUnit> next() {
    while (!needless.isEmpty() || !candidates.isEmpty()) {
      if (needless.isEmpty()) {
        needless = new NeedlessSearch(units.relations(), this::stays).among(candidates);
        candidates = new LinkedHashSet<>();
      }
      var unit = needless.isEmpty() ? null : units.find(needless.removeFirst()).orElse(null);
      if (unit != null && isStillNeedless(unit)) {
        return Optional.of(unit);
      }
    }
    return Optional.empty();
  }

  /** Much may have happened since it was found to be needless; if so, it is looked at again. */
  private boolean isStillNeedless(KnownUnit unit) {
    for (var speakers : units.relations().speakers(unit.id())) {
      if (!needless.containsAll(speakers)) {
        candidates.add(unit.id());
        return false;
      }
    }
    return !stays(unit.id());
  }

  private boolean stays(UnitName name) {
    return hasJob.test(name) || units.find(name).filter(this::stays).isPresent();
  }

  private boolean stays(KnownUnit unit) {
    var state = unit.state();
    boolean isDown =
        switch (state.active()) {
          case INACTIVE -> true;
          case FAILED -> unit.unit().flags().collectMode() == CollectMode.INACTIVE_OR_FAILED;
          case ACTIVE, RELOADING, ACTIVATING, DEACTIVATING -> false;
        };
    return unit.isHeld() || !isDown || state.restartsItself() || isAskedAbout(unit);
  }

  /** Whether a unit is about to start that gets the result of this one. */
  private boolean isAskedAbout(KnownUnit unit) {
    return Stream.of(Relation.ON_FAILURE, Relation.ON_SUCCESS)
        .flatMap(relation -> units.related(unit.id(), relation).stream())
        .anyMatch(hasJob);
  }

  /** Whether nothing ever became of a unit, and no other names it: it can be forgotten at once. */
  boolean isUnused(KnownUnit unit) {
    boolean isNamed = units.relations().speakers(unit.id()).iterator().hasNext();
    return !isNamed && unit.stamps().equals(Stamps.NONE) && !stays(unit.id());
  }

  /** The units that a forgotten one named may not be needed any more either. */
  void forgotten(KnownUnit unit) {
    units.relations().named(unit.id()).forEach(candidates::addAll);
  }
}
