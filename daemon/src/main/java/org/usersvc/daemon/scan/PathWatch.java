package org.usersvc.daemon.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat.Kind;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.model.Errno;

/**
 * Notices when a path may lead elsewhere. It watches every directory on the way for being moved or
 * removed. It also watches entries: each link, the last step, or the first missing step. It does
 * not notice mounts. <b>Loop thread only.</b>
 */
public final class PathWatch {
  /** The most links that the kernel follows; and how often the way may change during a look. */
  private static final int MOST_TURNS = 40;

  private final FileSystem files;
  private final WatchTable watchTable;
  private final Runnable onChange;
  private final Runnable onContent;
  private final List<WatchTable.Interest> way = new ArrayList<>();
  private final ArrayDeque<String> steps = new ArrayDeque<>();

  /** The directory reached so far, without links; empty for the root. */
  private String at = "";

  /** Whether each write to the file at the end matters. */
  private boolean writes;

  /** Whether the way has led on so far. */
  private boolean arrives;

  public PathWatch(FileSystem files, WatchTable watchTable, Runnable onChange) {
    this(files, watchTable, onChange, onChange);
  }

  /**
   * A watch that tells apart what changes.
   *
   * @param onChange called if something changes on the way
   * @param onContent called if the last step comes or goes, or what is there changes
   */
  public PathWatch(FileSystem files, WatchTable watchTable, Runnable onChange, Runnable onContent) {
    this.files = files;
    this.watchTable = watchTable;
    this.onChange = onChange;
    this.onContent = onContent;
  }

  /** Watches the path, instead of the one before, as it leads now; to be repeated. */
  public void follow(String path) throws FileFault {
    follow(path, false);
  }

  private void follow(String path, boolean everyWrite) throws FileFault {
    forget();
    writes = everyWrite;
    begin(path);
    arrives = true;
    int turns = 0;
    while (!steps.isEmpty() && turns < MOST_TURNS) {
      String step = steps.remove();
      if (step.equals("..")) {
        at = parent(at);
      } else if (!step.isEmpty() && !step.equals(".")) {
        turns += go(step) ? 0 : 1;
      }
    }
  }

  /** Watches no path any more. */
  public void forget() {
    way.forEach(watchTable::remove);
    way.clear();
  }

  /** Like {@link #follow}, for a directory whose entries matter, too. */
  public void followInto(String path) throws FileFault {
    followInto(path, false);
  }

  /** Like {@link #followInto(String)}, and each write to a file matters if that is asked. */
  public void followInto(String path, boolean everyWrite) throws FileFault {
    follow(path, everyWrite);
    if (arrives && steps.isEmpty()) {
      watch(at, directory -> watchTable.addEntries(directory, everyWrite, onContent));
    }
  }

  private void begin(String path) {
    at = "";
    steps.clear();
    prepend(path);
  }

  private void prepend(String path) {
    var parts = path.split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      steps.addFirst(parts[i]);
    }
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** One step; false if it was a link, or the way has changed meanwhile. */
  private boolean go(String step) throws FileFault {
    String next = at + "/" + step;
    var found = files.linkStat(FileSystem.ABSOLUTE, next);
    boolean last = steps.isEmpty();
    if (found == null || last || found.kind() == Kind.LINK) {
      boolean every = last && writes;
      var action = last ? onContent : onChange;
      if (!watch(at, directory -> watchTable.addEntry(directory, step, every, action))) {
        begin(next + "/" + String.join("/", steps));
        return false;
      }
      found = files.linkStat(FileSystem.ABSOLUTE, next); // it may have come or gone meanwhile
    }
    if (found != null && found.kind() == Kind.LINK) {
      goThrough(next);
      return false;
    }
    if (found == null || !found.isDirectory()) {
      arrives = false;
      steps.clear();
      return true;
    }
    if (!last && !watch(next, directory -> watchTable.addSelf(directory, onChange))) {
      steps.addFirst(step);
      return false;
    }
    at = next;
    return true;
  }

  private void goThrough(String link) throws FileFault {
    String target = files.readLink(FileSystem.ABSOLUTE, link);
    if (target.startsWith("/")) {
      at = "";
    }
    prepend(target);
  }

  /** Asks the kernel to watch an open directory. */
  private interface Watching {
    WatchTable.Interest begin(int directory) throws FileFault;
  }

  /** False if the directory has gone. One that is unreadable is not watched. */
  private boolean watch(String path, Watching watching) throws FileFault {
    int directory = -1;
    try {
      directory = files.openDirectory(FileSystem.ABSOLUTE, path.isEmpty() ? "/" : path);
      way.add(watching.begin(directory));
      return true;
    } catch (FileFault fault) {
      if (fault.errno().is(Errno.EACCES)) {
        return true;
      }
      if (fault.errno().is(Errno.ENOENT) || fault.errno().is(Errno.ENOTDIR)) {
        return false;
      }
      throw fault;
    } finally {
      if (directory >= 0) {
        files.close(directory);
      }
    }
  }
}
