package org.usersvc.daemon.control;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Set;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileStat;
import org.usersvc.daemon.files.FileSystem;

/**
 * The directory {@code supervise} that stays in a service directory after the end of supervision,
 * as runsv leaves it, so that sv says that nobody supervises the service, and runsv can go on
 * there. A file tells it from one that runsv has made: the next daemon has its link instead.
 */
final class Leftover {
  private static final String NAME = "supervise";
  private static final String MARK = "usersvcd";
  private static final Set<String> KNOWN =
      Set.of("lock", "control", "ok", "status", "stat", "pid", MARK);
  private static final int DIRECTORY_MODE = 0700;
  private static final int FIFO_MODE = 0600;
  private static final int FILE_MODE = 0644;

  private final FileSystem files;
  private final int service;

  /**
   * @param service the open service directory
   */
  Leftover(FileSystem files, int service) {
    this.files = files;
    this.service = service;
  }

  /**
   * Puts one in place of the link.
   *
   * @throws FileFault if that cannot be done, or somebody has come first; the link may be gone then
   */
  void make(Status last) throws FileFault {
    String fresh = NAME + ".new";
    clear(fresh);
    try {
      files.makeDirectory(service, fresh, DIRECTORY_MODE);
      files.create(
          service, fresh + "/" + MARK, "replaced by a link\n".getBytes(US_ASCII), FILE_MODE);
      files.close(files.openLockFile(service, fresh + "/lock"));
      files.makeFifo(service, fresh + "/control", FIFO_MODE);
      files.makeFifo(service, fresh + "/ok", FIFO_MODE);
      files.create(service, fresh + "/status", last.encode(), FILE_MODE);
      files.create(service, fresh + "/stat", last.stat(), FILE_MODE);
      files.create(service, fresh + "/pid", Status.pid(0), FILE_MODE);
      files.remove(service, NAME);
      files.rename(service, fresh, NAME);
    } catch (FileFault fault) {
      clear(fresh);
      throw fault;
    }
  }

  /** Whether supervise is one, which nobody uses. */
  boolean isFree() {
    try {
      var found = files.linkStat(service, NAME);
      var mark = files.linkStat(service, NAME + "/" + MARK);
      return found != null
          && found.isDirectory()
          && mark != null
          && mark.kind() == FileStat.Kind.REGULAR
          && mark.uid() == found.uid()
          && KNOWN.containsAll(files.list(service, NAME))
          && !isLocked();
    } catch (FileFault ignored) { // it is somebody else's
      return false;
    }
  }

  private boolean isLocked() {
    try {
      int lock = files.openLockFile(service, NAME + "/lock");
      try {
        return !files.lock(lock);
      } finally {
        files.close(lock);
      }
    } catch (FileFault ignored) { // a lock that cannot be opened is not held by runsv
      return false;
    }
  }

  /** Removes it; to be called if it is free. */
  void remove() throws FileFault {
    clear(NAME);
  }

  /** Removes what a daemon has made, and that a link, too. */
  void clear(String name) throws FileFault {
    var found = files.linkStat(service, name);
    if (found != null && found.isDirectory()) {
      for (String known : KNOWN) {
        files.remove(service, name + "/" + known);
      }
      files.removeDirectory(service, name);
    } else {
      files.remove(service, name);
    }
  }
}
