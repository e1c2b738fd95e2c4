package org.usersvc.daemon.socket;

import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.ScanDirectory;
import org.usersvc.daemon.activation.Self;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.enable.Enablement;
import org.usersvc.daemon.enable.Enabling;
import org.usersvc.daemon.environment.OwnPrograms;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.job.Operations;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.supervise.FakeLogs;
import org.usersvc.daemon.supervise.Supervisor;
import org.usersvc.daemon.view.Services;

/** A backend of which only some parts are used. */
final class FakeBackend {
  private FakeBackend() {}

  /** One without an environment and without sessions. */
  static Backend of(
      Platform platform, LocalSockets sockets, Supervisor supervisor, Enabling enabling) {
    return of(platform, sockets, supervisor, enabling, new Self(1, 1, Environment.EMPTY));
  }

  /** One with the environment that the daemon itself was started with. */
  static Backend of(
      Platform platform,
      LocalSockets sockets,
      Supervisor supervisor,
      Enabling enabling,
      Self self) {
    var sessions = new Sessions(platform, sockets, self);
    var services = new Services(supervisor);
    var operations = new Operations(services, platform.loop(), new FakeLogs());
    var activation = new Activation(self::environment, OwnPrograms.NONE, sessions, platform.loop());
    activation.onChange(() -> supervisor.environment(activation.current()));
    supervisor.environment(activation.current());
    return new Backend(
        platform,
        services,
        operations,
        sessions,
        activation,
        new ScanDirectory(activation::reread, supervisor),
        new Enablement(enabling, supervisor, operations, platform.loop()),
        new Verbs(),
        (_, answer) -> answer.accept(""),
        (_, answer) -> answer.end(0));
  }
}
