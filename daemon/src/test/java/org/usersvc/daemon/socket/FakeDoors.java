package org.usersvc.daemon.socket;

import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.definition.Enabling;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.supervise.Platform;
import org.usersvc.daemon.supervise.Supervisor;

/** All doors, of which only some are gone through. */
final class FakeDoors {
  private FakeDoors() {}

  /** Doors without an environment and without sessions. */
  static Doors of(
      Platform platform, LocalSockets sockets, Supervisor supervisor, Enabling enabling) {
    var self = new Sessions.Self(1, 1, Environment.EMPTY);
    var sessions = new Sessions(platform, sockets, self);
    var activation = new Activation(() -> Environment.EMPTY, sessions, platform.loop());
    return new Doors(
        platform, supervisor, sessions, activation, enabling, (_, answer) -> answer.accept(""));
  }
}
