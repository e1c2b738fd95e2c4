package org.usersvc.daemon.main;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * The files for the JVM's crash reports: {@code crash/} of the state directory, as the launcher
 * says. A report holds the environment and much of the memory. The JVM would make it readable by
 * all, but uses a file that exists: so a private one is made before.
 */
final class CrashReports {
  private static final int PRIVATE = 0700;
  private static final int FILE_MODE = 0600;

  /** The most reports to keep. */
  private static final int MOST = 20;

  private final FileSystem files;
  private final String directory;
  private final String own;

  /**
   * @param state absolute path of the state directory
   * @param pid the pid of this process
   */
  CrashReports(FileSystem files, String state, int pid) {
    this.files = files;
    this.directory = state + "/crash";
    this.own = directory + "/hs_err_pid" + pid + ".log";
  }

  /** Makes the file; if that fails, the JVM finds another place. */
  void begin() {
    try {
      files.makeDirectories(directory, PRIVATE);
      removeEmpty();
      files.create(FileSystem.ABSOLUTE, own, new byte[0], FILE_MODE);
    } catch (FileFault ignored) { // a home that cannot be written to: logged elsewhere
      return;
    }
  }

  /**
   * Removes the empty files of daemons that were killed but did not crash, and reports beyond
   * {@link #MOST}.
   */
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

  /** Removes the file at the daemon's regular end. */
  void end() {
    try {
      files.remove(FileSystem.ABSOLUTE, own);
    } catch (FileFault ignored) { // the next daemon removes it
      return;
    }
  }
}
