package org.usersvc.systemd.load;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The names in one search directory as they were at one moment. Immutable.
 *
 * @param stat the directory; null if there was none
 * @param isSettled whether a later change of the directory shows in its time stamp
 * @param units entries with names of units
 * @param companions entries such as {@code a.service.d} and {@code a.target.wants}
 * @param isWhole whether there was room for all names
 */
record DirectoryScan(
    SearchDirectory directory,
    @Nullable FileStat stat,
    boolean isSettled,
    List<Listed> units,
    Set<String> companions,
    boolean isWhole) {
  /** Kernels stamp files with a clock that ticks so seldom at worst. */
  private static final long TICK_NANOS = 20_000_000;

  private static final Set<String> SUFFIXES = Set.of("d", "wants", "requires", "upholds");

  /**
   * Looks at a directory. Where the manager alone writes, files that were there before are not
   * looked at again: nobody makes links of them, or changes them within a tick.
   *
   * @param before the last look at it; null if there was none
   * @param room so many names at most are looked at, the first ones in the order of names
   */
  static DirectoryScan of(
      FileSystem files,
      SearchDirectory directory,
      InstantSource clock,
      @Nullable DirectoryScan before,
      int room)
      throws FileFault {
    var stat = files.stat(FileSystem.ABSOLUTE, directory.path());
    if (stat == null || !stat.isDirectory()) {
      return new DirectoryScan(directory, stat, true, List.of(), Set.of(), true);
    }
    var names = files.list(FileSystem.ABSOLUTE, directory.path());
    boolean isWhole = names.size() <= room;
    boolean isSettled = isOwn(directory) || isSettled(stat.changed(), clock);
    var units = new ArrayList<Listed>();
    var companions = new HashSet<String>();
    var known = before == null ? Map.<String, Listed>of() : before.ownFiles();
    for (String name : isWhole ? names : names.stream().sorted().limit(room).toList()) {
      var own = known.get(name);
      if (own != null) {
        units.add(own);
      } else if (SUFFIXES.contains(name.substring(name.lastIndexOf('.') + 1))) {
        companions.add(name);
      } else {
        UnitName.parse(name).flatMap(unit -> listed(files, directory, unit)).ifPresent(units::add);
      }
    }
    return new DirectoryScan(directory, stat, isSettled, units, companions, isWhole);
  }

  /** Whether something changed so long ago that a later change has another time stamp. */
  static boolean isSettled(long changed, InstantSource clock) {
    return changed < clock.millis() * 1_000_000 - TICK_NANOS;
  }

  /** Whether the manager alone writes there. */
  static boolean isOwn(SearchDirectory directory) {
    return directory.role() == SearchDirectory.Role.TRANSIENT;
  }

  /** This one after the manager has written the file of a unit that had none. */
  DirectoryScan with(Listed file, FileSystem files) throws FileFault {
    var more = new ArrayList<Listed>(units.size() + 1);
    more.addAll(units);
    more.add(file);
    return changed(more, files);
  }

  /** This one after the manager has removed a file. */
  DirectoryScan without(Listed file, FileSystem files) throws FileFault {
    var fewer = new ArrayList<>(units);
    fewer.remove(file);
    return changed(fewer, files);
  }

  private DirectoryScan changed(List<Listed> now, FileSystem files) throws FileFault {
    var changed = files.stat(FileSystem.ABSOLUTE, directory.path());
    return new DirectoryScan(directory, changed, isSettled, now, companions, isWhole);
  }

  /** How many names it keeps. */
  int size() {
    return units.size() + companions.size();
  }

  /** Whether there is a file of a unit, or a directory of its drop-ins. */
  boolean has(UnitName unit) {
    return companions.contains(unit + ".d")
        || units.stream().anyMatch(listed -> listed.name().equals(unit));
  }

  private Map<String, Listed> ownFiles() {
    var files = new HashMap<String, Listed>();
    if (isOwn(directory)) {
      units.stream()
          .filter(unit -> unit.target() == null)
          .forEach(unit -> files.put(unit.name().toString(), unit));
    }
    return files;
  }

  /** Empty for a directory, and for what has just gone. */
  private static Optional<Listed> listed(FileSystem files, SearchDirectory in, UnitName name) {
    String path = in.path() + "/" + name;
    try {
      var stat = files.linkStat(FileSystem.ABSOLUTE, path);
      if (stat == null || stat.isDirectory()) {
        return Optional.empty();
      }
      boolean isLink = stat.kind() == FileStat.Kind.LINK;
      String target =
          isLink ? AbsolutePath.ofLink(in.path(), files.readLink(FileSystem.ABSOLUTE, path)) : null;
      return Optional.of(new Listed(name, in, target));
    } catch (FileFault ignored) { // it has gone since the directory was read
      return Optional.empty();
    }
  }

  /** A directory that cannot be read now. */
  static DirectoryScan unreadable(SearchDirectory directory) {
    return new DirectoryScan(directory, null, false, List.of(), Set.of(), true);
  }

  /** Whether the directory is still as it was. */
  boolean isCurrent(FileSystem files) throws FileFault {
    var now = files.stat(FileSystem.ABSOLUTE, directory.path());
    if (now == null || stat == null) {
      return now == null && stat == null;
    }
    return isSettled && now.id().equals(stat.id()) && now.changed() == stat.changed();
  }
}
