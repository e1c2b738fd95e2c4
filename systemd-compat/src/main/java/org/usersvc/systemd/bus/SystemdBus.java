package org.usersvc.systemd.bus;

import org.usersvc.daemon.extension.Extension;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.wire.Link;
import org.usersvc.systemd.verify.VerifyVerb;

/**
 * Brings {@code org.freedesktop.systemd1} to where programs look for it, but never to where a user
 * manager of systemd is. <b>Loop thread only.</b>
 */
public final class SystemdBus implements Extension {
  private static final String NAME = "org.freedesktop.systemd1";
  static final String PATH = "/org/freedesktop/systemd1";

  /** Whoever has the name already keeps it, and nobody waits for it. */
  private static final int DO_NOT_QUEUE = 4;

  @Override
  public void begin(Host host) {
    var environment = new ManagerEnvironment(host);
    host.put(PATH, new SystemdManager(environment));
    host.onReady(SystemdBus::requestName);
    host.onEmitted(Activator::emitted);
    host.onVerb("verify", new VerifyVerb(host));
    listen(host);
  }

  private static void requestName(Link bus) {
    var request = Link.Request.ofBus("RequestName", "su", NAME, DO_NOT_QUEUE);
    bus.call(request, _ -> {}); // without the name all else works
  }

  private static void listen(Host host) {
    String path = host.runtime() + "/systemd/private";
    try {
      if (!host.listen(path, NAME)) {
        host.info(path + " is another manager's, leaving it alone");
      }
    } catch (FileFault fault) {
      host.warn(fault.getMessage() + "; systemctl --user uses the bus");
    }
  }
}
