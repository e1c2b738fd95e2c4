package org.usersvc.daemon.supervise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;

/**
 * Tells when a path may lead elsewhere: every link on the way and the nearest directory that exists
 * are watched. <b>Loop thread only.</b>
 */
public final class PathWatch {
  private static final int MOST_LINKS = 40;

  private final FileSystem files;
  private final WatchTable watchTable;
  private final Runnable onChange;
  private final List<WatchTable.Interest> way = new ArrayList<>();

  PathWatch(FileSystem files, WatchTable watchTable, Runnable onChange) {
    this.files = files;
    this.watchTable = watchTable;
    this.onChange = onChange;
  }

  /** Follows the path, instead of the one before, as it leads now; to be repeated when told. */
  public void follow(String path) throws FileFault {
    way.forEach(watchTable::remove);
    way.clear();
    watchWay(path, 0);
  }

  /** As {@link #follow}, of a directory whose entries matter, too. */
  public void followInto(String path) throws FileFault {
    follow(path);
    if (isDirectory(path)) {
      watch(path, _ -> onChange.run());
    }
  }

  private boolean isDirectory(String path) throws FileFault {
    var found = files.stat(FileSystem.ABSOLUTE, path);
    return found != null && found.isDirectory();
  }

  private void watchWay(String at, int links) throws FileFault {
    String parent = watchParent(at);
    var self = files.linkStat(FileSystem.ABSOLUTE, at);
    if (self != null && self.kind() == FileStat.Kind.LINK && links < MOST_LINKS) {
      String target = files.readLink(FileSystem.ABSOLUTE, at);
      watchWay(target.startsWith("/") ? target : parent + "/" + target, links + 1);
    }
  }

  /** Watches the nearest ancestor that exists for the step that leads on from it. */
  private String watchParent(String at) throws FileFault {
    int slash = at.lastIndexOf('/');
    String parent = slash <= 0 ? "/" : at.substring(0, slash);
    String step = at.substring(slash + 1);
    if (isDirectory(parent) && watch(parent, name -> stepChanged(step, name))) {
      return parent;
    }
    String nearest = parent.equals("/") ? parent : watchParent(parent);
    boolean hasCome = !parent.equals("/") && isDirectory(parent); // before it was looked for
    return hasCome ? watchParent(at) : nearest;
  }

  private void stepChanged(String step, String name) {
    if (name.equals(step) || name.isEmpty()) {
      onChange.run();
    }
  }

  /** False if there is no such directory any more. */
  private boolean watch(String path, Consumer<String> taker) throws FileFault {
    int directory;
    try {
      directory = files.openDirectory(FileSystem.ABSOLUTE, path);
    } catch (FileFault fault) {
      if (fault.errno().is(Errno.ENOENT) || fault.errno().is(Errno.ENOTDIR)) {
        return false;
      }
      throw fault;
    }
    try {
      way.add(watchTable.add(directory, taker));
    } finally {
      files.close(directory);
    }
    return true;
  }
}
