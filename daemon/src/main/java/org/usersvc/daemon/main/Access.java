package org.usersvc.daemon.main;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Verbs;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.socket.Backend;
import org.usersvc.daemon.socket.ControlSocket;

/** The access to the daemon: the control socket, and D-Bus. <b>Loop thread only.</b> */
final class Access {
  /** The most bytes that may wait for clients, peers and buses, both ways. */
  private static final long MOST_WAITING = 16 * 1024 * 1024;

  private final Ground ground;
  private final Supervision supervision;
  private final Budget budget;
  private final ControlSocket socket;
  private final Verbs extensionVerbs = new Verbs();
  private @Nullable DesktopBuses buses;

  /** Begins with both closed. */
  Access(Ground ground, Supervision supervision, Backend.Replacer replacement) {
    this.ground = ground;
    this.supervision = supervision;
    var platform = ground.platform();
    this.budget = new Budget(MOST_WAITING, platform.loop().timers(), platform.messages()::warn);
    var backend =
        new Backend(
            platform,
            supervision.services(),
            supervision.operations(),
            supervision.sessions(),
            supervision.activation(),
            supervision.scanDirectory(),
            supervision.enablement(),
            extensionVerbs,
            this::join,
            replacement);
    String path = ground.places().runtime().path() + "/control";
    this.socket = new ControlSocket(backend, ground.sockets(), budget, path, SelfProcess.uid());
  }

  ControlSocket socket() {
    return socket;
  }

  /** Answers clients from now on. */
  void openSocket(Endings endings) {
    var runtime = ground.places().runtime();
    endings.add(socket::close);
    runtime.add(socket::settle);
    try {
      socket.settle();
    } catch (FileFault fault) {
      ground
          .platform()
          .messages()
          .warn(fault.getMessage() + "; usersvc cannot reach this daemon, sv can");
      runtime.failed(fault);
    }
  }

  /**
   * Begins to connect to buses.
   *
   * @param name the name to own there
   * @param extras what only extensions use
   */
  void openBuses(String name, DesktopBuses.Extras extras, Endings endings) {
    var opened = new DesktopBuses(ground, supervision, budget, name, extensionVerbs, extras);
    buses = opened;
    endings.add(opened::close);
    opened.begin();
  }

  private void join(String address, Consumer<String> answer) {
    if (buses == null) {
      ground.platform().loop().soon(() -> join(address, answer)); // buses are opened a turn later
    } else {
      buses.take(address, answer);
    }
  }
}
