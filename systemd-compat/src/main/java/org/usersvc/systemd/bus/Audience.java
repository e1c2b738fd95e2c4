package org.usersvc.systemd.bus;

import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.extension.Host;
import org.usersvc.daemon.wire.Link;

/**
 * Who hears signals: the buses on which we have the name, and the programs at the private socket,
 * whether or not somebody has subscribed. <b>Loop thread only.</b>
 */
final class Audience {
  private static final String NAME = "org.freedesktop.systemd1";

  /** A present owner keeps the name, and no one waits in its queue. */
  private static final int DO_NOT_QUEUE = 4;

  private static final long OWNER = 1;
  private static final long OWNER_ALREADY = 4;

  private final Host host;
  private final List<Link> buses = new ArrayList<>();

  Audience(Host host) {
    this.host = host;
  }

  /** A bus is ready: asks for the name there. Without it all else works. */
  void ready(Link bus) {
    bus.call(
        Link.Request.ofBus("RequestName", "su", NAME, DO_NOT_QUEUE),
        reply -> {
          if (isOwner(reply)) {
            buses.removeIf(other -> other.address().equals(bus.address()));
            buses.add(bus);
          }
        });
  }

  private static boolean isOwner(Link.Reply reply) {
    return reply instanceof Link.Reply.Values(var values)
        && values.getFirst() instanceof Number result
        && (result.longValue() == OWNER || result.longValue() == OWNER_ALREADY);
  }

  /** Sends a signal to all. */
  void signal(
      String path, String interfaceName, String member, String signature, Object... values) {
    buses.forEach(bus -> bus.signal(path, interfaceName, member, signature, values));
    host.peers().forEach(peer -> peer.signal(path, interfaceName, member, signature, values));
  }
}
