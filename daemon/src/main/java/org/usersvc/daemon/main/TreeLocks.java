package org.usersvc.daemon.main;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.supervise.LockHolders;

/** One daemon for a scan directory; kept locked until the daemon ends. */
final class TreeLocks {
  private TreeLocks() {}

  static void take(Places places, FileSystem files) throws Fatal, FileFault {
    var holders = new LockHolders(files);
    takeScanDirectory(places.scanDirectory(), files, holders);
  }

  /** A directory that is not there yet cannot be taken; its services have locks of their own. */
  private static void takeScanDirectory(String path, FileSystem files, LockHolders holders)
      throws Fatal, FileFault {
    int directory;
    try {
      directory = files.openLockableDirectory(path);
    } catch (FileFault ignored) { // the scanner tells what is wrong and waits for it to be mended
      return;
    }
    if (!files.lock(directory)) {
      String holder = holders.describe(FileSystem.ABSOLUTE, path);
      throw new Fatal(
          Fatal.TROUBLE,
          "another usersvcd (" + holder + ") supervises " + path + "; end it, or name another one");
    }
  }
}
