package org.usersvc.systemd.install;

import java.util.HashSet;
import java.util.List;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.systemd.load.AbsolutePath;

/**
 * Performs planned changes. A link appears complete, in the place of an older one; a directory of
 * links goes with its last link.
 */
final class Changing {
  private static final int DIRECTORY = 0755;

  /** The name of a link until it is complete; a unit's own may be too long to add to it. */
  private static final String FRESH = ".usersvc.new";

  private final FileSystem files;

  Changing(FileSystem files) {
    this.files = files;
  }

  void perform(List<Change> changes) throws InstallException {
    var made = new HashSet<String>();
    for (var change : changes) {
      if (change.kind() == Change.Kind.SYMLINK) {
        made.add(change.path());
      }
    }
    try {
      for (var change : changes) {
        switch (change.kind()) {
          case SYMLINK -> link(change.path(), change.source());
          case UNLINK -> {
            if (!made.contains(change.path())) {
              remove(change.path());
            }
          }
          case IS_MASKED, DESTINATION_NOT_PRESENT, AUXILIARY_FAILED -> {}
        }
      }
    } catch (FileFault fault) {
      throw InstallException.of(fault);
    }
  }

  private void link(String path, String target) throws FileFault {
    String directory = AbsolutePath.parent(path);
    files.makeDirectories(directory, DIRECTORY);
    String fresh = directory + "/" + FRESH;
    files.remove(FileSystem.ABSOLUTE, fresh);
    files.makeLink(target, FileSystem.ABSOLUTE, fresh);
    files.rename(FileSystem.ABSOLUTE, fresh, path);
  }

  private void remove(String path) throws FileFault {
    var stat = files.linkStat(FileSystem.ABSOLUTE, path);
    if (stat != null && stat.isDirectory()) {
      for (String name : files.list(FileSystem.ABSOLUTE, path)) {
        files.remove(FileSystem.ABSOLUTE, path + "/" + name);
      }
      files.removeDirectory(FileSystem.ABSOLUTE, path);
      return;
    }
    files.remove(FileSystem.ABSOLUTE, path);
    removeIfEmpty(AbsolutePath.parent(path));
  }

  private void removeIfEmpty(String directory) throws FileFault {
    boolean isHook =
        directory.endsWith(".wants")
            || directory.endsWith(".requires")
            || directory.endsWith(".upholds");
    if (isHook && files.list(FileSystem.ABSOLUTE, directory).isEmpty()) {
      files.removeDirectory(FileSystem.ABSOLUTE, directory);
    }
  }
}
