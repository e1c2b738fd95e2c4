package org.usersvc.systemd.manage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
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

  boolean isIdle() {
    return candidates.isEmpty();
  }

  /** The units that can be forgotten now; each candidate is looked at once. */
  List<KnownUnit> collect() {
    var looked = candidates;
    candidates = new LinkedHashSet<>();
    var needless = new LinkedHashSet<UnitName>();
    for (var unit : looked) {
      if (!needless.contains(unit)) {
        needless.addAll(needlessFrom(unit, needless));
      }
    }
    var found = new ArrayList<KnownUnit>();
    needless.forEach(name -> units.find(name).ifPresent(found::add));
    return found;
  }

  /** A unit and all that name it; nothing as soon as one is found that stays. */
  private Collection<UnitName> needlessFrom(UnitName unit, Set<UnitName> needless) {
    if (stays(unit)) {
      return List.of();
    }
    var seen = new LinkedHashSet<UnitName>();
    var open = new ArrayDeque<>(List.of(unit));
    seen.add(unit);
    while (!open.isEmpty()) {
      for (var speakers : units.relations().speakers(open.remove())) {
        for (var speaker : speakers) {
          if (!needless.contains(speaker) && seen.add(speaker)) {
            if (stays(speaker)) {
              return List.of();
            }
            open.add(speaker);
          }
        }
      }
    }
    return seen;
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
