package org.usersvc.daemon.enable;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/** The hidden directory of a disabled service, which the supervisor ignores. */
public final class HiddenService {
  private final FileSystem files;
  private final LinkTree links;
  private final int scan;
  private final String entry;

  /**
   * @param scan the open scan directory; owned by this object from now on
   */
  HiddenService(FileSystem files, LinkTree links, int scan, String entry) {
    this.files = files;
    this.links = links;
    this.scan = scan;
    this.entry = entry;
  }

  /**
   * Deletes the directory; to be called once.
   *
   * @throws FileFault if a file cannot be deleted, such as one that the service has written; it
   *     stays hidden
   */
  public void delete() throws FileFault {
    try {
      links.delete(scan, entry);
    } finally {
      files.close(scan);
    }
  }
}
