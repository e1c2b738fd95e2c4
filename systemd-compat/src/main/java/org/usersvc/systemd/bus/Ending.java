package org.usersvc.systemd.bus;

import java.util.OptionalInt;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;

/**
 * How the daemon ends, or is executed anew, when a caller or a unit asks. <b>Loop thread only.</b>
 */
final class Ending {
  private final Host host;
  private int exitStatus;

  Ending(Host host) {
    this.host = host;
  }

  int exitStatus() {
    return exitStatus;
  }

  /** The daemon will end with that status, unless a unit that ends it has another. */
  void exitWith(int status) {
    exitStatus = status;
  }

  /** Ends the daemon; {@code status} is that of a unit which asks for it. */
  void end(OptionalInt status) {
    host.whole().end(status.orElse(exitStatus));
  }

  /** Executes the daemon anew. There is an answer only if it goes on: the connection breaks. */
  void replace(Call call) {
    host.whole()
        .replace(reason -> call.fail(StandardErrors.FAILED, "usersvcd is not replaced: " + reason));
  }
}
