package org.usersvc.daemon.execution;

import org.usersvc.daemon.files.Opening;
import org.usersvc.daemon.process.SpawnRequest.Access;

/** Standard input, output or error of a new program. Immutable. */
public sealed interface Stream {
  /** The daemon's own. */
  Stream INHERITED = new Inherited();

  /** {@code /dev/null}. */
  Stream NULL = new File("/dev/null", Opening.BOTH);

  /** The daemon's own. */
  record Inherited() implements Stream {}

  /**
   * A file, opened by the daemon at the start. An output that is not there is made, with the
   * permissions 0666 less the daemon's umask.
   *
   * @param path absolute
   */
  record File(String path, Opening how) implements Stream {}

  /** A file that the daemon has open: a log, a socket. */
  record Held(int descriptor, Access access) implements Stream {}
}
