package org.usersvc.systemd.unit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.systemd.condition.Condition;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.syntax.UnitType;

/**
 * A unit as its files say it, with all defaults; not what became of it since. Immutable.
 *
 * @param id its main name
 * @param names all its names, {@code id} among them
 * @param description what it is for people; its id if its files say nothing
 * @param documentation where more is written
 * @param origin its files and what became of reading them
 * @param dependencies the units that it names, by relation; also those that its type implies. An
 *     inverse is here only if this unit itself says it
 * @param flags what {@code [Unit]} says besides
 * @param conditions what has to hold, else its start does nothing
 * @param asserts what has to hold, else its start fails
 * @param install what enabling does
 * @param settings what only its type has
 */
public record Unit(
    UnitName id,
    Set<UnitName> names,
    String description,
    List<String> documentation,
    Origin origin,
    Map<Relation, Set<UnitName>> dependencies,
    UnitFlags flags,
    List<Condition> conditions,
    List<Condition> asserts,
    Install install,
    Settings settings) {
  public Unit {
    names = Set.copyOf(names);
    documentation = List.copyOf(documentation);
    dependencies = copyOf(dependencies);
    conditions = List.copyOf(conditions);
    asserts = List.copyOf(asserts);
  }

  /** A unit of which nothing is known but its name and what became of it. */
  public static Unit of(UnitName id, LoadState state) {
    return new Unit(
        id,
        Set.of(id),
        id.toString(),
        List.of(),
        Origin.of(state),
        Map.of(),
        UnitFlags.DEFAULT,
        List.of(),
        List.of(),
        Install.NONE,
        new NoSettings());
  }

  private static Map<Relation, Set<UnitName>> copyOf(Map<Relation, Set<UnitName>> dependencies) {
    var copy = new EnumMap<Relation, Set<UnitName>>(Relation.class);
    dependencies.forEach((relation, units) -> {
      if (!units.isEmpty()) {
        copy.put(
            relation,
            units.size() == 1
                ? Set.copyOf(units)
                : Collections.unmodifiableSet(new LinkedHashSet<>(units)));
      }
    });
    return Collections.unmodifiableMap(copy);
  }

  public UnitType type() {
    return id.type();
  }

  public LoadState loadState() {
    return origin.state();
  }

  /** The units that it names by a relation, in the order of its files; empty if there are none. */
  public Set<UnitName> dependencies(Relation relation) {
    return dependencies.getOrDefault(relation, Set.of());
  }

  public Unit withOrigin(Origin other) {
    return new Unit(
        id,
        names,
        description,
        documentation,
        other,
        dependencies,
        flags,
        conditions,
        asserts,
        install,
        settings);
  }

  public Unit withDependencies(Map<Relation, Set<UnitName>> other) {
    return new Unit(
        id,
        names,
        description,
        documentation,
        origin,
        other,
        flags,
        conditions,
        asserts,
        install,
        settings);
  }

  public Unit withFlags(UnitFlags other) {
    return new Unit(
        id,
        names,
        description,
        documentation,
        origin,
        dependencies,
        other,
        conditions,
        asserts,
        install,
        settings);
  }

  public Unit withSettings(Settings other) {
    return new Unit(
        id,
        names,
        description,
        documentation,
        origin,
        dependencies,
        flags,
        conditions,
        asserts,
        install,
        other);
  }
}
