package org.usersvc.systemd.install;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.systemd.install.InstallException.Reason;
import org.usersvc.systemd.install.UnitFiles.Installable;
import org.usersvc.systemd.load.Listed;
import org.usersvc.systemd.syntax.UnitName;
import org.usersvc.systemd.unit.LoadState;

/** Plans what disables units: the removal of all links to them, also of those made by hand. */
final class Disabling {
  private final UnitFiles units;
  private final Links links;
  private final String directory;
  private final Set<String> names = new HashSet<>();
  private final List<Change> masked = new ArrayList<>();
  private boolean hasRules;

  /**
   * A plan that is empty at first.
   *
   * @param directory the one whose links are removed
   */
  Disabling(UnitFiles units, Links links, String directory) {
    this.units = units;
    this.links = links;
    this.directory = directory;
  }

  /** Whether one of the units can be enabled at all. */
  boolean hasRules() {
    return hasRules;
  }

  /** Adds a unit, with those of its {@code Also=}. */
  void disable(String text) throws InstallException {
    var name = UnitFiles.name(text);
    var sources = units.load(name);
    if (sources.state() == LoadState.MASKED) {
      String path = sources.unit().entry().map(Listed::path).orElse(text);
      masked.add(new Change(Change.Kind.IS_MASKED, path, ""));
    } else if (sources.unit().entry().isPresent()) {
      add(units.find(text));
    } else {
      names.add(text);
    }
  }

  private void add(Installable unit) throws InstallException {
    if (!names.add(unit.name().toString())) {
      return;
    }
    hasRules |= unit.hasRules();
    for (var other : unit.install().also()) {
      if (units.exists(other)) {
        disable(other.toString());
      }
    }
  }

  /**
   * The plan.
   *
   * @throws InstallException if there is nothing to do because a unit is not there
   */
  List<Change> changes() throws InstallException {
    var changes = new ArrayList<>(masked);
    var left = new ArrayList<>(links.all());
    left.removeIf(link -> !link.directory().path().equals(directory));
    boolean isNew = true;
    while (isNew) { // a removed alias has links of its own
      isNew = false;
      for (var link : List.copyOf(left)) {
        if (names.contains(link.name()) || names.contains(link.targetName())) {
          left.remove(link);
          changes.add(Change.removal(link.path()));
          isNew |= !link.isHook() && names.add(link.name());
        }
      }
    }
    if (changes.isEmpty()) {
      checkAllExist();
    }
    return changes;
  }

  private void checkAllExist() throws InstallException {
    for (String name : names) {
      if (!units.exists(UnitName.of(name))) {
        throw new InstallException(Reason.NO_SUCH_UNIT, "Unit file " + name + " does not exist.");
      }
    }
  }
}
