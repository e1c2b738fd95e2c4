package org.usersvc.systemd.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.Relation;

/**
 * The dependencies that links in {@code .wants}, {@code .requires} and {@code .upholds} directories
 * add to a unit. Only the name of a link counts. A mask hides the links of lower priority that have
 * the same name.
 */
final class DependencyLinks {
  private static final Map<Relation, String> SUFFIXES =
      Map.of(
          Relation.WANTS, ".wants",
          Relation.REQUIRES, ".requires",
          Relation.UPHOLDS, ".upholds");

  private final FileSystem files;
  private final UnitText text;
  private final UnitIndex index;

  DependencyLinks(FileSystem files, UnitText text, UnitIndex index) {
    this.files = files;
    this.text = text;
    this.index = index;
  }

  /** The dependencies of a unit; a relation without any is absent. */
  Map<Relation, Set<UnitName>> of(Resolution unit, List<String> problems) {
    var dependencies = new EnumMap<Relation, Set<UnitName>>(Relation.class);
    for (var link : SUFFIXES.entrySet()) {
      if (index.hasCompanions(link.getValue())) {
        var names = names(unit, link.getValue(), problems);
        if (!names.isEmpty()) {
          dependencies.put(link.getKey(), names);
        }
      }
    }
    return dependencies;
  }

  private SortedSet<UnitName> names(Resolution unit, String suffix, List<String> problems) {
    var found = new TreeSet<UnitName>();
    var seen = new HashSet<String>();
    for (String directory : directories(unit, suffix)) {
      for (String name : list(directory, problems)) {
        if (seen.add(name)) {
          dependency(unit.id(), directory + "/" + name, problems).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private List<String> directories(Resolution unit, String suffix) {
    var directories = new ArrayList<String>();
    for (var name : unit.names()) {
      directories.addAll(index.companions(NameLevels.of(name, suffix)));
    }
    directories.addAll(index.companions(List.of(unit.id().type().suffix() + suffix)));
    return directories;
  }

  private List<String> list(String directory, List<String> problems) {
    try {
      return files.list(FileSystem.ABSOLUTE, directory);
    } catch (FileFault fault) {
      problems.add(String.valueOf(fault.getMessage()));
      return List.of();
    }
  }

  private Optional<UnitName> dependency(UnitName unit, String path, List<String> problems) {
    if (text.isMask(path)) {
      return Optional.empty();
    }
    if (text.link(path) == null) {
      problems.add(path + ": this is no link, so it adds no dependency");
      return Optional.empty();
    }
    var name = UnitName.parse(AbsolutePath.name(path));
    if (name.isEmpty()) {
      problems.add(path + ": this is no name of a unit");
    }
    return name.flatMap(found -> instance(unit, found, path, problems));
  }

  private static Optional<UnitName> instance(
      UnitName unit, UnitName name, String path, List<String> problems) {
    if (!name.isTemplate()) {
      return Optional.of(name);
    }
    if (!unit.isInstance()) {
      problems.add(path + ": a template needs an instance");
      return Optional.empty();
    }
    return UnitName.parse(name.prefix() + "@" + unit.instance() + "." + name.type().suffix());
  }
}
