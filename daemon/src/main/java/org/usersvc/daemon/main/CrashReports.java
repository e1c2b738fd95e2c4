package org.usersvc.daemon.main;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * Where the JVM writes a report if it crashes: {@code crash/} of the state directory, as the
 * launcher says. A report has the environment and much of the memory in it. The JVM would make it
 * readable by all, and takes a file that is there already: so there is one before.
 */
final class CrashReports {
  private static final int PRIVATE = 0700;
  private static final int FILE_MODE = 0600;

  /** More of them tell nothing new. */
  private static final int MOST = 20;

  private final FileSystem files;
  private final String directory;
  private final String own;

  /**
   * @param state absolute path of the state directory
   * @param pid of this process
   */
  CrashReports(FileSystem files, String state, int pid) {
    this.files = files;
    this.directory = state + "/crash";
    this.own = directory + "/hs_err_pid" + pid + ".log";
  }

  /** Makes the file; where that is not possible the JVM finds another place. */
  void begin() {
    try {
      files.makeDirectories(directory, PRIVATE);
      removeEmpty();
      files.create(FileSystem.ABSOLUTE, own, new byte[0], FILE_MODE);
    } catch (FileFault ignored) { // a home that cannot be written to: told by others
      return;
    }
  }

  /** Those of daemons that did not crash, but were killed. */
  private void removeEmpty() throws FileFault {
    int count = 0;
    for (String name : files.list(FileSystem.ABSOLUTE, directory)) {
      String path = directory + "/" + name;
      var found = files.linkStat(FileSystem.ABSOLUTE, path);
      if (found != null && (found.size() == 0 || ++count > MOST) && !path.equals(own)) {
        files.remove(FileSystem.ABSOLUTE, path);
      }
    }
  }

  /** The daemon has come to its regular end. */
  void end() {
    try {
      files.remove(FileSystem.ABSOLUTE, own);
    } catch (FileFault ignored) { // the next daemon removes it
      return;
    }
  }
}
