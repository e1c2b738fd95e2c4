package org.usersvc.systemd.manage;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import org.usersvc.systemd.syntax.UnitName;

/**
 * One search for units that nobody needs: they do not stay by themselves, and nor does any unit
 * that names them, directly or through others. It looks at each unit once, however many candidates
 * there are, and at no more than it takes to find one that stays.
 */
final class NeedlessSearch {
  private final Relations relations;
  private final Predicate<UnitName> stays;

  /** Those that were met. */
  private final Set<UnitName> seen = new HashSet<>();

  /** Those of which it is not known yet who names them. */
  private final ArrayDeque<UnitName> open = new ArrayDeque<>();

  /** Those that stay, or are named by one that does. */
  private final Set<UnitName> needed = new HashSet<>();

  /**
   * A search that has met no unit.
   *
   * @param stays whether a unit stays, whoever names it
   */
  NeedlessSearch(Relations relations, Predicate<UnitName> stays) {
    this.relations = relations;
    this.stays = stays;
  }

  /** The needless ones among these, and all that name them; to be called once. */
  SequencedSet<UnitName> among(Collection<UnitName> candidates) {
    for (var candidate : candidates) {
      meet(candidate);
      while (!needed.contains(candidate) && !open.isEmpty()) {
        follow(open.removeFirst());
      }
    }
    open.clear(); // no candidate depends on these
    var needless = new LinkedHashSet<UnitName>();
    candidates.stream().filter(unit -> !needed.contains(unit)).forEach(open::add);
    while (!open.isEmpty()) {
      var unit = open.removeFirst();
      if (needless.add(unit)) {
        relations.speakers(unit).forEach(open::addAll);
      }
    }
    return needless;
  }

  private void meet(UnitName unit) {
    if (seen.add(unit)) {
      if (stays.test(unit)) {
        need(unit);
      } else {
        open.addFirst(unit);
      }
    }
  }

  private void follow(UnitName unit) {
    for (var speakers : relations.speakers(unit)) {
      for (var speaker : speakers) {
        if (needed.contains(unit)) {
          return;
        }
        meet(speaker);
        if (needed.contains(speaker)) {
          need(unit);
        }
      }
    }
  }

  /** A unit is needed, and so is what it names, as far as that was met. */
  private void need(UnitName unit) {
    var work = new ArrayDeque<UnitName>();
    work.add(unit);
    while (!work.isEmpty()) {
      var next = work.removeFirst();
      if (seen.contains(next) && needed.add(next)) {
        relations.named(next).forEach(work::addAll);
      }
    }
  }
}
