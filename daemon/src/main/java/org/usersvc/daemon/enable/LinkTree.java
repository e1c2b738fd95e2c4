package org.usersvc.daemon.enable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.files.FileSystem;

/**
 * A service directory made of links to the entries of an available service, or to those of the
 * user's overlay in their place. {@code log/}, to which a logger writes, and its directories are
 * real ones with links inside, as are directories of which the user has replaced single files.
 */
final class LinkTree {
  private static final String LOG = "log";
  private static final int MODE = 0755;

  /** A link to the definition, in a tree with files that are not of the definition. */
  static final String ORIGIN = ".definition";

  /** In a plan, in place of the target of a link. */
  private static final String DIRECTORY = "";

  /** The directories of which the user may replace single files. */
  private static final Set<String> MERGED =
      Set.of("control", "env", "dependencies.d", "waits-for.d");

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

  /**
   * Makes the tree under an unused name.
   *
   * @param overlay the directory of files that replace those of {@code origin}; it may be absent
   */
  void make(int at, String path, String origin, String overlay) throws FileFault {
    files.makeDirectory(at, path, MODE);
    for (var entry : plan(origin, overlay).entrySet()) {
      make(at, path + "/" + entry.getKey(), entry.getValue());
    }
  }

  private void make(int at, String path, String target) throws FileFault {
    if (target.equals(DIRECTORY)) {
      files.makeDirectory(at, path, MODE);
    } else {
      files.makeLink(target, at, path);
    }
  }

  /** The targets of the links by their path, and {@link #DIRECTORY} before what is in it. */
  private Map<String, String> plan(String origin, String overlay) throws FileFault {
    var plan = new LinkedHashMap<String, String>();
    boolean overlaid = isDirectory(overlay);
    plan(origin, overlaid ? overlay : null, "", plan);
    if (overlaid) {
      plan.put(ORIGIN, origin);
    }
    return plan;
  }

  private void plan(
      @Nullable String origin, @Nullable String overlay, String prefix, Map<String, String> plan)
      throws FileFault {
    var own = entries(overlay);
    var entries = new TreeSet<>(entries(origin));
    entries.addAll(own);
    for (String entry : entries) {
      String shipped = origin == null ? null : origin + "/" + entry;
      String changed = overlay != null && own.contains(entry) ? overlay + "/" + entry : null;
      boolean divided = isDirectory(changed) || (changed == null && isDirectory(shipped));
      boolean inLog = prefix.startsWith(LOG + "/");
      boolean merges = isDirectory(changed) && MERGED.contains(entry);
      if (divided && (merges || isWritten(entry, inLog))) {
        plan.put(prefix + entry, DIRECTORY);
        String below = isDirectory(shipped) ? shipped : null;
        plan(below, isDirectory(changed) ? changed : null, prefix + entry + "/", plan);
      } else {
        plan.put(prefix + entry, String.valueOf(changed == null ? shipped : changed));
      }
    }
  }

  private Set<String> entries(@Nullable String directory) throws FileFault {
    if (directory == null) {
      return Set.of();
    }
    var entries = new TreeSet<>(files.list(FileSystem.ABSOLUTE, directory));
    entries.removeAll(OF_SUPERVISORS);
    return entries;
  }

  private boolean isDirectory(@Nullable String path) throws FileFault {
    var found = path == null ? null : files.stat(FileSystem.ABSOLUTE, path);
    return found != null && found.isDirectory();
  }

  /**
   * Brings a tree that {@link #make} has made up to date. Real files in it stay, and links to other
   * places.
   *
   * @return whether it had to be changed
   */
  boolean renew(int at, String path, String origin, String overlay) throws FileFault {
    var plan = plan(origin, overlay);
    var places = List.of(origin, overlay);
    boolean changed = removeOthers(at, path, places, "", plan);
    for (var entry : plan.entrySet()) {
      String each = path + "/" + entry.getKey();
      if (files.linkStat(at, each) == null) {
        make(at, each, entry.getValue());
        changed = true;
      }
    }
    return changed;
  }

  /**
   * Removes links to these places that are not in the plan, and directories that have only such.
   */
  private boolean removeOthers(
      int at, String path, List<String> places, String prefix, Map<String, String> plan)
      throws FileFault {
    boolean changed = false;
    for (String entry : sorted(at, path)) {
      String each = path + "/" + entry;
      String wanted = plan.get(prefix + entry);
      var found = files.linkStat(at, each);
      if (found == null || OF_SUPERVISORS.contains(entry)) {
        continue;
      }
      if (found.kind() == Kind.LINK) {
        String target = files.readLink(at, each);
        boolean ours = entry.equals(ORIGIN) || places.stream().anyMatch(it -> isBelow(target, it));
        if (ours && !target.equals(wanted)) {
          files.remove(at, each);
          changed = true;
        }
      } else if (found.isDirectory() && DIRECTORY.equals(wanted)) {
        changed |= removeOthers(at, each, places, prefix + entry + "/", plan);
      } else if (found.isDirectory()
          && MERGED.contains(entry)
          && stranger(at, each, true) == null) {
        delete(at, each);
        changed = true;
      }
    }
    return changed;
  }

  private static boolean isBelow(String path, String directory) {
    return path.startsWith(directory + "/");
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
      boolean made = found.isDirectory() && (isWritten(entry, inLog) || MERGED.contains(entry));
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
