package org.usersvc.daemon.scan;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.platform.Platform;

/**
 * Entries of the scan directory that are links: a change on the way of a link counts as a change of
 * the entry. They are watched in pieces, after services that are to be opened. <b>Loop thread
 * only.</b>
 */
final class ScanLinks {
  private final Map<String, PathWatch> ways = new HashMap<>();
  private final LinkedHashSet<String> toFollow = new LinkedHashSet<>();
  private final Platform platform;
  private final WatchTable watchTable;
  private final ScanPath path;
  private final Consumer<String> onChange;
  private final Consumer<String> onFollowed;

  /**
   * Watches none yet.
   *
   * @param onChange called when an entry may lead elsewhere
   * @param onFollowed called for each newly watched entry: it may have led elsewhere just before
   */
  ScanLinks(
      Platform platform,
      WatchTable watchTable,
      ScanPath path,
      Consumer<String> onChange,
      Consumer<String> onFollowed) {
    this.platform = platform;
    this.watchTable = watchTable;
    this.path = path;
    this.onChange = onChange;
    this.onFollowed = onFollowed;
  }

  /** Watches those of the entries that are links, as they lead now. */
  void follow(Collection<String> names) {
    boolean idle = toFollow.isEmpty();
    toFollow.addAll(names);
    if (idle && !toFollow.isEmpty()) {
      platform.loop().soon(this::followSome);
    }
  }

  private void followSome() {
    platform.loop().pieces().drain(toFollow, this::follow, () -> {});
  }

  private void follow(String name) {
    var earlier = ways.remove(name);
    if (earlier != null) {
      earlier.forget();
    }
    try {
      var found = platform.files().linkStat(path.descriptor(), name);
      if (name.startsWith(".") || found == null || found.kind() != Kind.LINK) {
        return;
      }
      String directory = platform.files().pathOf(path.descriptor());
      if (directory == null) {
        return;
      }
      var way = new PathWatch(platform.files(), watchTable, () -> onChange.accept(name));
      ways.put(name, way);
      way.follow(directory + "/" + name);
    } catch (FileFault fault) {
      platform.messages().warn(fault.getMessage() + "; usersvc rescan looks where it leads");
    }
    onFollowed.accept(name);
  }
}
