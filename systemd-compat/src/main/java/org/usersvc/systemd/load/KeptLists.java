package org.usersvc.systemd.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;

/**
 * The names in directories of drop-ins, of which many units may share the same: each is read once
 * as long as it stays as it is. <b>Loop thread only.</b>
 */
final class KeptLists {
  private static final String FILES = ".conf";

  /** So many names together are kept. */
  private static final int MOST_NAMES = 20_000;

  private final FileSystem files;
  private final UnitIndex index;
  private final Map<String, Kept> kept = new HashMap<>();
  private int size;

  private record Kept(FileStat stat, List<String> names) {
    boolean isStill(FileStat now) {
      return stat.id().equals(now.id()) && stat.changed() == now.changed();
    }
  }

  KeptLists(FileSystem files, UnitIndex index) {
    this.files = files;
    this.index = index;
  }

  /** The names of the drop-ins in a directory. */
  List<String> of(String directory) throws FileFault {
    var stat = files.stat(FileSystem.ABSOLUTE, directory);
    var before = kept.get(directory);
    if (before != null && stat != null && before.isStill(stat)) {
      return before.names();
    }
    var names =
        files.list(FileSystem.ABSOLUTE, directory).stream()
            .filter(name -> name.endsWith(FILES) && !name.startsWith("."))
            .toList();
    if (before != null || size + names.size() > MOST_NAMES) {
      kept.clear();
      size = 0;
    }
    if (stat != null && index.isSettled(stat.changed()) && names.size() <= MOST_NAMES) {
      kept.put(directory, new Kept(stat, names));
      size += names.size();
    }
    return names;
  }
}
