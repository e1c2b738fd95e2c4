package org.usersvc.systemd.install;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.usersvc.systemd.install.InstallException.Reason;
import org.usersvc.systemd.install.UnitFiles.Installable;
import org.usersvc.systemd.load.AbsolutePath;
import org.usersvc.systemd.load.AliasRule;
import org.usersvc.systemd.syntax.UnitName;

/** Plans what enables units: links for aliases, wanters, and files elsewhere. */
final class Enabling {
  private final UnitFiles units;
  private final Links links;
  private final String directory;
  private final boolean isForced;
  private final List<Change> changes;
  private final Set<UnitName> done = new HashSet<>();
  private boolean hasRules;

  /**
   * A plan that is empty at first.
   *
   * @param directory where links are made
   * @param changes the plan, to which is added
   */
  Enabling(UnitFiles units, Links links, String directory, boolean isForced, List<Change> changes) {
    this.units = units;
    this.links = links;
    this.directory = directory;
    this.isForced = isForced;
    this.changes = changes;
  }

  boolean hasRules() {
    return hasRules;
  }

  /** Adds a unit by its name or by an absolute path. */
  void enable(String nameOrPath) throws InstallException {
    boolean isPath = nameOrPath.startsWith("/");
    if (isPath && !isSearched(nameOrPath)) {
      var unit = units.at(AbsolutePath.normal(nameOrPath));
      link(unit);
      add(unit);
    } else {
      add(units.find(isPath ? AbsolutePath.name(nameOrPath) : nameOrPath));
    }
  }

  /** Adds a link to a file outside of the search path. */
  void link(Installable unit) throws InstallException {
    links.plan(directory + "/" + unit.name(), unit.path(), isForced, changes);
  }

  /** Whether a file is directly in a directory of the search path. */
  boolean isSearched(String path) {
    String parent = AbsolutePath.parent(AbsolutePath.normal(path));
    return units.index.path().directories().stream().anyMatch(in -> in.path().equals(parent));
  }

  private void add(Installable unit) throws InstallException {
    if (!done.add(unit.enabled())) {
      return;
    }
    hasRules |= unit.hasRules();
    for (var alias : unit.install().alias()) {
      alias(unit, alias);
    }
    hooks(unit, unit.install().wantedBy(), ".wants");
    hooks(unit, unit.install().requiredBy(), ".requires");
    hooks(unit, unit.install().upheldBy(), ".upholds");
    for (var other : unit.install().also()) {
      also(other);
    }
  }

  private void also(UnitName other) throws InstallException {
    if (units.exists(other)) {
      add(units.find(other.toString()));
    } else {
      changes.add(new Change(Change.Kind.AUXILIARY_FAILED, other.toString(), ""));
    }
  }

  private void alias(Installable unit, UnitName alias) throws InstallException {
    boolean isOfInstance = alias.isTemplate() && unit.name().isInstance();
    var link =
        isOfInstance
            ? UnitName.parse(
                alias.prefix() + "@" + unit.name().instance() + "." + alias.type().suffix())
            : Optional.of(alias);
    var meant = link.flatMap(name -> AliasRule.unit(name, unit.name()));
    if (link.isEmpty() || meant.isEmpty()) {
      throw new InstallException(
          Reason.BAD_UNIT_SETTING, "Cannot alias " + unit.name() + " as " + alias + ".");
    }
    if (!link.get().equals(unit.name())) {
      links.plan(directory + "/" + link.get(), unit.path(), isForced, changes);
    }
  }

  private void hooks(Installable unit, List<UnitName> others, String suffix)
      throws InstallException {
    for (var other : others) {
      hook(unit, other, suffix);
    }
  }

  /** Adds a link that makes another unit depend on this one. */
  void hook(Installable unit, UnitName other, String suffix) throws InstallException {
    boolean isPlain = !other.isTemplate() && !other.isInstance();
    if (unit.enabled().isTemplate() && isPlain) {
      throw new InstallException(
          Reason.BAD_UNIT_SETTING,
          "Failed to enable "
              + unit.name()
              + ", destination unit "
              + other
              + " is a non-template unit.");
    }
    String path = directory + "/" + other + suffix + "/" + unit.enabled();
    links.plan(path, unit.path(), isForced, changes);
    if (!units.exists(other)) {
      var absent = new Change(Change.Kind.DESTINATION_NOT_PRESENT, other.toString(), unit.path());
      if (!changes.contains(absent)) {
        changes.add(absent);
      }
    }
  }
}
