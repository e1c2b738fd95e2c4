package org.usersvc.daemon.supervise;

import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * The daemon's own directory, {@code $XDG_RUNTIME_DIR/usersvc}.
 *
 * @param path absolute
 */
public record RuntimeDirectory(String path) {
  private static final int PRIVATE = 0700;

  /** Makes it if it is not there. */
  public static RuntimeDirectory make(FileSystem files, String path) throws FileFault {
    var made = new RuntimeDirectory(path);
    for (String each : new String[] {path, made.supervise(), made.pipes()}) {
      files.makeDirectory(FileSystem.ABSOLUTE, each, PRIVATE);
    }
    return made;
  }

  /** Holds the supervise/ of all services. */
  public String supervise() {
    return path + "/supervise";
  }

  /** Holds the FIFOs that services write to. */
  public String pipes() {
    return path + "/pipes";
  }
}
