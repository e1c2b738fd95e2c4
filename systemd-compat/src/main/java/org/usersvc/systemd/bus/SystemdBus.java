package org.usersvc.systemd.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.extension.Extension;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.wire.Link;
import org.usersvc.daemon.wire.LinkOwner;
import org.usersvc.daemon.wire.PeerListener;

/**
 * Brings {@code org.freedesktop.systemd1} to where programs look for it, but never to where a user
 * manager of systemd is. <b>Loop thread only.</b>
 */
public final class SystemdBus implements Extension {
  private static final String NAME = "org.freedesktop.systemd1";
  static final String PATH = "/org/freedesktop/systemd1";

  /** Whoever has the name already keeps it, and nobody waits for it. */
  private static final int DO_NOT_QUEUE = 4;

  private @Nullable PeerListener listener;

  /** Nothing is to be done about peers that come and go. */
  private static final class Indifferent implements LinkOwner {
    @Override
    public void ready(Link link) {}

    @Override
    public void lost(Link link, String reason) {}
  }

  @Override
  public void begin(Host host) {
    var environment = new ManagerEnvironment(host);
    host.tree().put(PATH, List.of(new SystemdManager(environment)));
    host.onReady(SystemdBus::requestName);
    host.onEmitted(Activator::emitted);
    listen(host);
  }

  private static void requestName(Link bus) {
    var request = Link.Request.ofBus("RequestName", "su", NAME, DO_NOT_QUEUE);
    bus.call(request, _ -> {}); // without the name all else works
  }

  private void listen(Host host) {
    String path = host.runtime() + "/systemd/private";
    if (isServed(host, path)) {
      host.info(path + " is another manager's, leaving it alone");
      return;
    }
    host.keep(() -> settle(host, path));
    try {
      settle(host, path);
    } catch (FileFault fault) {
      host.warn(fault.getMessage() + "; systemctl --user uses the bus");
    }
  }

  private void settle(Host host, String path) throws FileFault {
    if (listener == null) {
      var plan = new PeerListener.Plan(path, NAME, host.calls(), new Indifferent(), host::warn);
      listener = new PeerListener(host.transport(), plan);
    } else {
      listener.settle();
    }
  }

  private static boolean isServed(Host host, String path) {
    try {
      return host.transport().isServedByAnother(path);
    } catch (FileFault ignored) { // nobody listens there
      return false;
    }
  }

  @Override
  public void end() {
    if (listener != null) {
      listener.close();
    }
  }
}
