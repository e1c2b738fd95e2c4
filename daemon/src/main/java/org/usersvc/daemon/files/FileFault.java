package org.usersvc.daemon.files;

import java.io.IOException;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.model.NativeText;

/** The kernel refused an operation on a file; the message names the file and the reason. */
public final class FileFault extends IOException {
  private static final long serialVersionUID = 1;

  /** The longest path in a message, in characters. */
  private static final int MOST_SHOWN = 300;

  private final transient Errno errno;

  public FileFault(String what, String path, Errno errno) {
    super("cannot " + what + " " + NativeText.printable(shown(path)) + ": " + errno.describe());
    this.errno = errno;
  }

  /** A fault that says more than the error number. */
  public FileFault(String message, Errno errno) {
    super(message);
    this.errno = errno;
  }

  public Errno errno() {
    return errno;
  }

  private static String shown(String path) {
    return path.length() > MOST_SHOWN ? path.substring(0, MOST_SHOWN) + "..." : path;
  }
}
