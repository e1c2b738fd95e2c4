package org.usersvc.systemd.manage;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;

/**
 * Who says what of whom, in both directions. All names are main names. What a unit says stays until
 * it says something else, whether or not the other unit is known.
 */
final class Relations {
  /** Most units have one unit for a relation, and there are many units. */
  private static final int FEW = 2;

  private final Map<UnitName, Map<Relation, Set<UnitName>>> said = new HashMap<>();
  private final Map<UnitName, Map<Relation, Set<UnitName>>> heard = new HashMap<>();

  /** A unit says this, in place of all that it said before. */
  void say(UnitName unit, Map<Relation, Set<UnitName>> dependencies) {
    unsay(unit);
    for (var named : dependencies.entrySet()) {
      var relation = named.getKey();
      for (var other : named.getValue()) {
        if (!other.equals(unit)) {
          say(unit, relation, other);
        }
      }
    }
  }

  /** A unit says this besides. */
  void say(UnitName unit, Relation relation, UnitName other) {
    put(said, unit, relation, other);
    put(heard, other, relation.inverse(), unit);
  }

  /** A unit says nothing any more. */
  void unsay(UnitName unit) {
    var dependencies = said.remove(unit);
    if (dependencies != null) {
      dependencies.forEach((relation, others) ->
          others.forEach(other -> remove(heard, other, relation.inverse(), unit)));
    }
  }

  /** A unit says one thing no more. */
  void unsay(UnitName unit, Relation relation, UnitName other) {
    if (said(unit, relation).contains(other)) {
      remove(said, unit, relation, other);
      remove(heard, other, relation.inverse(), unit);
    }
  }

  /** What a unit itself says. */
  Collection<UnitName> said(UnitName unit, Relation relation) {
    return in(said, unit, relation);
  }

  /** The units that have the relation to this one by what either of the two says. */
  Collection<UnitName> related(UnitName unit, Relation relation) {
    var own = in(said, unit, relation);
    var others = in(heard, unit, relation);
    if (own.isEmpty()) {
      return others;
    }
    if (others.isEmpty()) {
      return own;
    }
    var all = new LinkedHashSet<>(own);
    all.addAll(others);
    return all;
  }

  /** The units that say anything of this one; some of them more than once. */
  Iterable<Set<UnitName>> speakers(UnitName unit) {
    return heard.getOrDefault(unit, Map.of()).values();
  }

  /** The units of which this one says anything; some of them more than once. */
  Iterable<Set<UnitName>> named(UnitName unit) {
    return said.getOrDefault(unit, Map.of()).values();
  }

  private static Set<UnitName> in(
      Map<UnitName, Map<Relation, Set<UnitName>>> all, UnitName unit, Relation relation) {
    return all.getOrDefault(unit, Map.of()).getOrDefault(relation, Set.of());
  }

  private static void put(
      Map<UnitName, Map<Relation, Set<UnitName>>> all,
      UnitName unit,
      Relation relation,
      UnitName other) {
    all.computeIfAbsent(unit, _ -> new EnumMap<>(Relation.class))
        .computeIfAbsent(relation, _ -> new LinkedHashSet<>(FEW))
        .add(other);
  }

  private static void remove(
      Map<UnitName, Map<Relation, Set<UnitName>>> all,
      UnitName key,
      Relation relation,
      UnitName gone) {
    var relations = all.getOrDefault(key, Map.of());
    var names = in(all, key, relation);
    if (names.remove(gone) && names.isEmpty()) {
      relations.remove(relation);
    }
    if (relations.isEmpty()) {
      all.remove(key);
    }
  }
}
