package org.usersvc.systemd.install;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.usersvc.systemd.load.AbsolutePath;
import org.usersvc.systemd.load.SearchDirectory;
import org.usersvc.systemd.load.UnitIndex;
import org.usersvc.systemd.load.UnitText;
import org.usersvc.systemd.syntax.UnitName;

/** Plans masks, the removal of masks, and the return to what packages have installed. */
final class Masking {
  private final UnitIndex index;
  private final UnitText text;
  private final Links links;

  Masking(UnitIndex index, UnitText text, Links links) {
    this.index = index;
    this.text = text;
    this.links = links;
  }

  /** Adds a mask; a file that the user has there is never replaced. */
  void mask(UnitName name, String directory, boolean isForced, List<Change> changes)
      throws InstallException {
    links.plan(directory + "/" + name, UnitText.NOTHING, isForced, changes);
  }

  /** Adds the removal of a mask if there is one. */
  void unmask(UnitName name, String directory, List<Change> changes) {
    String path = directory + "/" + name;
    if (text.isMask(path)) {
      changes.add(Change.removal(path));
    }
  }

  /**
   * Adds the removal of the user's drop-ins of a unit and, if a package has the unit, of the user's
   * file; masks go in any case.
   */
  void revert(UnitName name, List<Change> changes) throws InstallException {
    boolean isVendors =
        index.listed().stream()
            .anyMatch(entry ->
                entry.name().equals(name)
                    && entry.directory().role() == SearchDirectory.Role.VENDOR);
    for (String directory : writable()) {
      String file = directory + "/" + name;
      if (links.exists(file + ".d")) {
        changes.add(Change.removal(file + ".d"));
      }
      if (links.exists(file) && (isVendors || text.isMask(file))) {
        changes.add(Change.removal(file));
      }
    }
  }

  private Iterable<String> writable() {
    var path = index.path();
    return new ArrayList<>(
        new TreeSet<>(
            List.of(path.config(), path.runtime(), path.control(false), path.control(true))));
  }

  /** Adds what makes a unit the default target. */
  void setDefault(String path, String directory, boolean isForced, List<Change> changes)
      throws InstallException {
    String link = directory + "/" + Installation.DEFAULT_TARGET;
    if (!AbsolutePath.name(path).equals(Installation.DEFAULT_TARGET)) {
      links.plan(link, path, isForced, changes);
    }
  }
}
