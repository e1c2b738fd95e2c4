package org.usersvc.systemd.install;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.install.InstallException.Reason;
import org.usersvc.systemd.load.AbsolutePath;
import org.usersvc.systemd.load.SearchDirectory;
import org.usersvc.systemd.load.UnitIndex;

/** The links by which units are enabled, as they are now. */
final class Links {
  /**
   * One link.
   *
   * @param isHook whether it is in a {@code .wants} directory or the like, not beside the units
   * @param target absolute
   */
  record Link(SearchDirectory directory, boolean isHook, String path, String target) {
    String name() {
      return AbsolutePath.name(path);
    }

    String targetName() {
      return AbsolutePath.name(target);
    }
  }

  private final FileSystem files;
  private final UnitIndex index;

  Links(FileSystem files, UnitIndex index) {
    this.files = files;
    this.index = index;
  }

  /** All links of the search path but masks, in order of priority. */
  List<Link> all() {
    var links = new ArrayList<Link>();
    for (var listed : index.listed()) {
      String target = listed.target();
      if (target != null && !listed.isMask()) {
        links.add(new Link(listed.directory(), false, listed.path(), target));
      }
    }
    for (var hooks : index.hooks()) {
      for (String name : list(hooks.path())) {
        String path = hooks.path() + "/" + name;
        String target = target(path);
        if (target != null) {
          links.add(new Link(hooks.directory(), true, path, target));
        }
      }
    }
    return links;
  }

  /** The names of the units that have a file or a link of the user's. */
  Set<String> ofUser() {
    var names = new HashSet<String>();
    for (var listed : index.listed()) {
      if (isOfUser(listed.directory()) && !listed.isMask()) {
        names.add(AbsolutePath.name(listed.path()));
      }
    }
    for (var hooks : index.hooks()) {
      if (isOfUser(hooks.directory())) {
        names.addAll(list(hooks.path()));
      }
    }
    return names;
  }

  private static boolean isOfUser(SearchDirectory directory) {
    return switch (directory.role()) {
      case CONFIG, RUNTIME, TRANSIENT -> true;
      case CONTROL, RUNTIME_CONTROL, GENERATED, SHARED_CONFIG, SHARED_RUNTIME, VENDOR -> false;
    };
  }

  private List<String> list(String directory) {
    try {
      return files.list(FileSystem.ABSOLUTE, directory);
    } catch (FileFault ignored) { // nothing is enabled by what cannot be read
      return List.of();
    }
  }

  /** Where a link leads; null for anything else. */
  @Nullable String target(String path) {
    try {
      var stat = files.linkStat(FileSystem.ABSOLUTE, path);
      return stat != null && stat.kind() == FileStat.Kind.LINK
          ? AbsolutePath.ofLink(
              AbsolutePath.parent(path), files.readLink(FileSystem.ABSOLUTE, path))
          : null;
    } catch (FileFault ignored) { // it has just gone
      return null;
    }
  }

  /**
   * Adds what makes a link.
   *
   * @throws InstallException if another file is in the way
   */
  void plan(String path, String target, boolean isForced, List<Change> changes)
      throws InstallException {
    boolean isPlanned =
        changes.stream()
            .anyMatch(change -> change.kind() == Change.Kind.SYMLINK && change.path().equals(path));
    boolean isRemoved = changes.contains(Change.removal(path));
    if (isPlanned || (!isRemoved && target.equals(target(path)))) {
      return;
    }
    if (!isRemoved && exists(path)) {
      String found = target(path);
      if (found == null || !isForced) {
        throw new InstallException(
            Reason.UNIT_EXISTS,
            "File "
                + path
                + " already exists"
                + (found == null ? "." : " and is a symlink to " + found + "."));
      }
      changes.add(Change.removal(path));
    }
    changes.add(Change.link(path, target));
  }

  boolean exists(String path) throws InstallException {
    try {
      return files.linkStat(FileSystem.ABSOLUTE, path) != null;
    } catch (FileFault fault) {
      throw InstallException.of(fault);
    }
  }
}
