package org.usersvc.daemon.control;

import java.util.Set;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * The directory {@code supervise} that stays in a service directory after the end of supervision,
 * so that sv reports no supervisor and the last status, and runsv can use it. Unlike one of runsv
 * it has no lock, so the next daemon replaces it with its link.
 */
final class Leftover {
  private static final String NAME = "supervise";
  private static final Set<String> ENTRIES = Set.of("control", "ok", "status", "stat", "pid");
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
   * Puts such a directory in place of the link.
   *
   * @throws FileFault if that fails, or another supervisor was first; the link may be gone then
   */
  void make(Status last) throws FileFault {
    String fresh = NAME + ".new";
    clear(fresh);
    try {
      files.makeDirectory(service, fresh, DIRECTORY_MODE);
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

  /** Whether the directory supervise is a leftover. */
  boolean isThere() {
    try {
      return Set.copyOf(files.list(service, NAME)).equals(ENTRIES);
    } catch (FileFault ignored) { // it is another user's
      return false;
    }
  }

  /** Removes the leftover; to be called if it is there. */
  void remove() throws FileFault {
    clear(NAME);
  }

  /** Removes a daemon's link or leftover of that name. */
  void clear(String name) throws FileFault {
    var found = files.linkStat(service, name);
    if (found != null && found.isDirectory()) {
      for (String entry : ENTRIES) {
        files.remove(service, name + "/" + entry);
      }
      files.removeDirectory(service, name);
    } else if (found != null) {
      files.remove(service, name);
    }
  }
}
