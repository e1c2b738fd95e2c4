package org.usersvc.daemon.enable;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.files.FileSystem;

/**
 * A service directory made of links to the entries of an available service. {@code log/}, to which
 * a logger writes, and its directories are real ones with links inside.
 */
final class LinkTree {
  private static final String LOG = "log";
  private static final int MODE = 0755;

  /** The names that supervisors make, with the one under which a link is prepared. */
  private static final Set<String> OF_SUPERVISORS = Set.of("supervise", "supervise.new");

  /** The directories in log/ that are only read. */
  private static final Set<String> READ_ONLY = Set.of("control", "env");

  private final FileSystem files;
  private final String supervise;

  /**
   * @param supervise the directory that holds the targets of the daemon's supervise links
   */
  LinkTree(FileSystem files, String supervise) {
    this.files = files;
    this.supervise = supervise;
  }

  /** Makes the tree under an unused name. */
  void make(int at, String path, String origin) throws FileFault {
    make(at, path, origin, false);
  }

  private void make(int at, String path, String origin, boolean inLog) throws FileFault {
    var entries = new TreeSet<>(files.list(FileSystem.ABSOLUTE, origin));
    entries.removeAll(OF_SUPERVISORS);
    files.makeDirectory(at, path, MODE);
    for (String entry : entries) {
      String source = origin + "/" + entry;
      String made = path + "/" + entry;
      var found = files.stat(FileSystem.ABSOLUTE, source);
      if (found != null && found.isDirectory() && isWritten(entry, inLog)) {
        make(at, made, source, true);
      } else {
        files.makeLink(source, at, made);
      }
    }
  }

  private static boolean isWritten(String entry, boolean inLog) {
    return inLog ? !READ_ONLY.contains(entry) : entry.equals(LOG);
  }

  /**
   * The first entry of a directory that {@link #make} does not make.
   *
   * @return its path, null if there is none
   */
  @Nullable String stranger(int at, String path) throws FileFault {
    return stranger(at, path, false);
  }

  private @Nullable String stranger(int at, String path, boolean inLog) throws FileFault {
    for (String entry : sorted(at, path)) {
      String each = path + "/" + entry;
      var found = files.linkStat(at, each);
      if (found == null || found.kind() == Kind.LINK || OF_SUPERVISORS.contains(entry)) {
        continue;
      }
      boolean made = found.isDirectory() && isWritten(entry, inLog);
      String strange = made ? stranger(at, each, true) : each;
      if (strange != null) {
        return strange;
      }
    }
    return null;
  }

  private List<String> sorted(int at, String path) throws FileFault {
    return files.list(at, path).stream().sorted().toList();
  }

  /** Deletes links, directories, and the files of supervisors, nothing else. */
  void delete(int at, String path) throws FileFault {
    var found = files.linkStat(at, path);
    if (found != null && found.kind() == Kind.LINK) {
      files.remove(at, path);
    } else if (found != null) {
      deleteDirectory(at, path, false);
    }
  }

  private void deleteDirectory(int at, String path, boolean ofSupervisor) throws FileFault {
    for (String entry : files.list(at, path)) {
      String each = path + "/" + entry;
      var found = files.linkStat(at, each);
      boolean supervises = OF_SUPERVISORS.contains(entry);
      if (found == null) {
        continue;
      }
      if (found.isDirectory()) {
        deleteDirectory(at, each, supervises);
      } else if (found.kind() == Kind.LINK && supervises) {
        deleteTarget(files.readLink(at, each));
        files.remove(at, each);
      } else if (found.kind() == Kind.LINK || ofSupervisor) {
        files.remove(at, each);
      }
    }
    files.removeDirectory(at, path);
  }

  /** Deletes the target of a supervise link, if it is the daemon's own. */
  private void deleteTarget(String target) throws FileFault {
    boolean own =
        target.startsWith(supervise + "/") && target.indexOf('/', supervise.length() + 1) < 0;
    if (own && files.stat(FileSystem.ABSOLUTE, target) != null) {
      deleteDirectory(FileSystem.ABSOLUTE, target, true);
    }
  }
}
