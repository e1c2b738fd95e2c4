package org.usersvc.daemon.definition;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/** The directory of a disabled service, out of the supervisor's sight. */
public final class HiddenService {
  private final FileSystem files;
  private final LinkTree links;
  private final int scan;
  private final String entry;

  /**
   * @param scan the open scan directory; owned by this from now on
   */
  HiddenService(FileSystem files, LinkTree links, int scan, String entry) {
    this.files = files;
    this.links = links;
    this.scan = scan;
    this.entry = entry;
  }

  /**
   * Deletes it. To be called once.
   *
   * @throws FileFault if something cannot be deleted, such as a file that the service has written
   *     meanwhile; what is left stays hidden
   */
  public void delete() throws FileFault {
    try {
      links.delete(scan, entry);
    } finally {
      files.close(scan);
    }
  }
}
