package org.usersvc.daemon.state;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * How many daemons have begun to read a file and not come to its end. A file that crashes its
 * reader must not do so for ever: each daemon adds a byte to a file of tries, which is removed when
 * the state was read and written anew. <b>Loop thread only.</b>
 */
final class ReadTries {
  /** A daemon may also be killed by others while it reads, several times in a row. */
  static final int MOST = 10;

  private final FileSystem files;
  private final String path;

  /** Whether a try was counted, and the file of tries still exists. */
  private boolean counted;

  /**
   * @param read the file that is read; absolute
   */
  ReadTries(FileSystem files, String read) {
    this.files = files;
    this.path = read + ".tries";
  }

  /** Counts one more; false if there are too many. */
  boolean another() {
    counted = true;
    try {
      int tries = files.openLockFile(FileSystem.ABSOLUTE, path);
      try {
        files.append(tries, new byte[] {'x'});
        return files.stat(tries).size() <= MOST;
      } finally {
        files.close(tries);
      }
    } catch (FileFault ignored) { // on a full disk every try is made
      return true;
    }
  }

  /** The file that was read, if there was one, has been written anew. */
  void end() throws FileFault {
    if (counted) {
      forget();
    }
  }

  /** The file is put aside: a later one begins without tries. */
  void forget() throws FileFault {
    counted = false;
    files.remove(FileSystem.ABSOLUTE, path);
  }
}
