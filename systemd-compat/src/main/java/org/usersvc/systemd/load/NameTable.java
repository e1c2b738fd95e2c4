package org.usersvc.systemd.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.syntax.UnitName;

/** All names of the search path, and which of them mean the same unit. */
final class NameTable {
  private final SortedMap<UnitName, UnitEntry> entries = new TreeMap<>();
  private final Map<UnitName, Set<UnitName>> aliases = new HashMap<>();

  /** What has been found out already of the names in {@link #entries}. */
  private final Map<UnitName, Optional<UnitName>> ends = new HashMap<>();

  /**
   * What was asked for of units with aliases: each may have thousands, and be asked for by each.
   */
  private final Map<UnitName, Resolution> named = new HashMap<>();

  private final List<String> problems = new ArrayList<>();

  /**
   * The table of a list of entries.
   *
   * @param listed in order of priority
   * @param targets finds out what links mean
   */
  NameTable(Iterable<Listed> listed, LinkTargets targets) {
    for (var entry : listed) {
      if (!entries.containsKey(entry.name())) {
        entry(entry, targets).ifPresent(found -> entries.put(entry.name(), found));
      }
    }
    entries.forEach((name, entry) -> {
      if (entry instanceof UnitEntry.Alias) {
        end(name).ifPresent(id -> aliases.computeIfAbsent(id, _ -> new TreeSet<>()).add(name));
      }
    });
  }

  /** Adds the file of a name; false if that may change what this name or another one means. */
  boolean add(Listed file) {
    boolean isFree = entry(file.name()) == null;
    if (isFree) {
      entries.put(file.name(), new UnitEntry.File(file));
      named.clear();
    }
    return isFree;
  }

  /** Takes out a file that was the only one of its name; false if something else stands there. */
  boolean remove(Listed file) {
    named.clear();
    return entries.remove(file.name(), new UnitEntry.File(file));
  }

  private Optional<UnitEntry> entry(Listed listed, LinkTargets targets) {
    String target = listed.target();
    if (target == null || listed.isMask()) {
      return Optional.of(new UnitEntry.File(listed));
    }
    if (!targets.isInPath(target)) {
      return Optional.of(new UnitEntry.File(listed));
    }
    return alias(listed, target);
  }

  private Optional<UnitEntry> alias(Listed listed, String target) {
    var unit =
        UnitName.parse(AbsolutePath.name(target))
            .flatMap(name -> AliasRule.unit(listed.name(), name));
    if (unit.isEmpty()) {
      problems.add(listed.path() + ": " + target + " cannot have this name");
      return Optional.empty();
    }
    return unit.filter(name -> !name.equals(listed.name())) // it only repeats a file of the path
        .map(name -> new UnitEntry.Alias(listed, name));
  }

  /** What is there under a name, or under the template of an instance. */
  private @Nullable UnitEntry entry(UnitName name) {
    var literal = entries.get(name);
    var found = literal == null ? entries.get(name.template()) : literal;
    if (found instanceof UnitEntry.Alias(var listed, var unit)
        && unit.isTemplate()
        && name.isInstance()) {
      var instance =
          UnitName.parse(unit.prefix() + "@" + name.instance() + "." + unit.type().suffix());
      return instance.map(made -> new UnitEntry.Alias(listed, made)).orElse(null);
    }
    return found;
  }

  /** The main name; empty if aliases lead in a circle. */
  private Optional<UnitName> end(UnitName name) {
    var passed = new LinkedHashSet<UnitName>();
    var current = name;
    Optional<UnitName> end = Optional.ofNullable(ends.get(current)).orElse(Optional.of(current));
    while (!ends.containsKey(current) && entry(current) instanceof UnitEntry.Alias(_, var unit)) {
      end = passed.add(current) ? ends.getOrDefault(unit, Optional.of(unit)) : Optional.empty();
      if (end.isEmpty()) {
        break;
      }
      current = unit;
    }
    for (var step : passed) {
      if (entries.containsKey(step)) {
        ends.put(step, end);
      }
    }
    return end;
  }

  Resolution resolve(UnitName name) {
    return end(name).map(this::unit).orElseGet(() -> Resolution.of(name, true));
  }

  private Resolution unit(UnitName id) {
    return aliases.containsKey(id) ? named.computeIfAbsent(id, this::made) : made(id);
  }

  private Resolution made(UnitName id) {
    var names = new LinkedHashSet<UnitName>();
    names.add(id);
    var others = new TreeSet<>(aliases.getOrDefault(id, Set.of()));
    if (id.isInstance()) {
      for (var template : aliases.getOrDefault(id.template(), Set.of())) {
        UnitName.parse(template.prefix() + "@" + id.instance() + "." + id.type().suffix())
            .filter(alias -> end(alias).filter(id::equals).isPresent())
            .ifPresent(others::add);
      }
    }
    names.addAll(others);
    var entry = entry(id);
    return new Resolution(
        id, names, Optional.ofNullable(entry == null ? null : entry.listed()), false);
  }

  /** What is there under the very name. */
  Optional<UnitEntry> literal(UnitName name) {
    return Optional.ofNullable(entries.get(name));
  }

  SortedMap<UnitName, UnitEntry> entries() {
    return entries;
  }

  List<String> problems() {
    return problems;
  }
}
