package org.usersvc.systemd.directive;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;

/** The units that a unit names, collected. A unit never names itself. */
public final class Dependencies {
  private final Set<UnitName> self;
  private final Map<Relation, Set<UnitName>> units = new EnumMap<>(Relation.class);

  /**
   * @param self all names of the unit
   */
  public Dependencies(Set<UnitName> self) {
    this.self = self;
  }

  public void add(Relation relation, UnitName unit) {
    if (!self.contains(unit)) {
      units.computeIfAbsent(relation, _ -> new LinkedHashSet<>()).add(unit);
    }
  }

  public void add(UnitName unit, Relation... relations) {
    for (var relation : relations) {
      add(relation, unit);
    }
  }

  /** Makes a unit the only one of a relation. */
  public void replace(Relation relation, UnitName unit) {
    units.remove(relation);
    add(relation, unit);
  }

  public void add(Map<Relation, Set<UnitName>> others) {
    others.forEach((relation, names) -> names.forEach(name -> add(relation, name)));
  }

  public Set<UnitName> of(Relation relation) {
    return units.getOrDefault(relation, Set.of());
  }

  public Map<Relation, Set<UnitName>> all() {
    return units;
  }
}
