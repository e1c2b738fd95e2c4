package org.usersvc.daemon.main;

import java.util.List;
import org.usersvc.daemon.control.Claims;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.platform.LockHolders;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.state.Header;

/** Reserves a scan directory for one daemon, until the daemon ends. */
final class TreeLocks {
  private static final int PRIVATE = 0700;

  private TreeLocks() {}

  /** Returns the claims that keep the user's other daemons from this one's services. */
  static Claims take(Places places, FileSystem files, Messages messages) throws Fatal, FileFault {
    var claims = claims(places, files, messages);
    takeScanDirectory(places.scanDirectory(), files, claims, new LockHolders(files));
    return claims;
  }

  /** The claims in the home, else in the runtime directory, for daemons with the same one. */
  private static Claims claims(Places places, FileSystem files, Messages messages) {
    String boot = Header.boot(files);
    String trouble = "";
    for (String directory : List.of(places.state(), places.base() + "/usersvc")) {
      try {
        files.makeDirectories(directory, PRIVATE);
        return Claims.in(files, directory + "/claims", boot);
      } catch (FileFault fault) {
        trouble = String.valueOf(fault.getMessage());
      }
    }
    messages.warn(trouble + "; do not run a second usersvcd on the same services");
    return Claims.unheard(files);
  }

  /** Takes the directory if it exists; services have claims of their own in any case. */
  private static void takeScanDirectory(
      String path, FileSystem files, Claims claims, LockHolders holders) throws Fatal, FileFault {
    var found = files.stat(FileSystem.ABSOLUTE, path);
    if (found != null && !claims.take(found.id())) {
      throw new Fatal(
          Fatal.TROUBLE,
          "another usersvcd ("
              + holders.otherDaemons(claims.path())
              + ") supervises "
              + path
              + "; end it, or name another one");
    }
  }
}
