package org.usersvc.systemd.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The drop-ins of a unit: files in {@code .d} directories of all its names, of prefixes of them,
 * and of its type. Of several with one file name the first counts; a mask removes the name.
 */
final class DropIns {
  private static final String SUFFIX = ".d";

  private final KeptLists lists;
  private final UnitIndex index;

  DropIns(FileSystem files, UnitIndex index) {
    this.lists = new KeptLists(files, index);
    this.index = index;
  }

  /** Paths of the drop-ins in the order in which they are read; some may be masks. */
  List<String> of(Resolution unit, List<String> problems) {
    if (!index.hasCompanions(SUFFIX)) {
      return List.of();
    }
    var byName = new TreeMap<String, String>();
    for (String directory : directories(unit)) {
      add(directory, byName, problems);
    }
    return List.copyOf(byName.values());
  }

  private List<String> directories(Resolution unit) {
    var directories = new ArrayList<String>();
    for (UnitName name : unit.names()) {
      directories.addAll(index.companions(NameLevels.of(name, SUFFIX)));
    }
    directories.addAll(index.companions(List.of(unit.id().type().suffix() + SUFFIX)));
    return directories;
  }

  private void add(String directory, Map<String, String> byName, List<String> problems) {
    try {
      for (String name : lists.of(directory)) {
        byName.putIfAbsent(name, directory + "/" + name);
      }
    } catch (FileFault fault) {
      problems.add(String.valueOf(fault.getMessage()));
    }
  }
}
