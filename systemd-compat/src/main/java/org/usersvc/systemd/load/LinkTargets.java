package org.usersvc.systemd.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.ServiceId;

/** Distinguishes links within the search path, which are aliases, from links that leave it. */
final class LinkTargets {
  private final FileSystem files;
  private final Set<ServiceId> directories = new HashSet<>();
  private final Map<String, Boolean> known = new HashMap<>();

  LinkTargets(FileSystem files, List<DirectoryScan> scans) {
    this.files = files;
    for (var scan : scans) {
      known.put(scan.directory().path(), true);
      var stat = scan.stat();
      if (stat != null) {
        directories.add(stat.id());
      }
    }
  }

  /** Whether a path is that of a file directly in a search directory; the file may be missing. */
  boolean isInPath(String path) {
    return known.computeIfAbsent(AbsolutePath.parent(path), this::isSearched);
  }

  private boolean isSearched(String directory) {
    try {
      var stat = files.stat(FileSystem.ABSOLUTE, directory);
      return stat != null && directories.contains(stat.id());
    } catch (FileFault ignored) { // what cannot be reached is not searched either
      return false;
    }
  }
}
