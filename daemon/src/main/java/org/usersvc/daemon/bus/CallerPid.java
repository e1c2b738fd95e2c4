package org.usersvc.daemon.bus;

import java.util.List;
import java.util.function.IntConsumer;

/** Which process calls. */
public final class CallerPid {
  private static final String BUS = "org.freedesktop.DBus";

  private CallerPid() {}

  /**
   * Asks the bus, or the kernel.
   *
   * @param taker told once, on the loop, perhaps before this returns; 0 if it is not known
   */
  public static void of(Call call, IntConsumer taker) {
    var link = call.link();
    if (!link.isBus()) {
      taker.accept(link.peerPid());
      return;
    }
    var request =
        new Link.Request(
            BUS,
            "/org/freedesktop/DBus",
            BUS,
            "GetConnectionUnixProcessID",
            "s",
            List.of(call.sender()));
    link.call(request, reply -> taker.accept(pid(reply)));
  }

  private static int pid(Link.Reply reply) {
    return reply instanceof Link.Reply.Values(List<Object> values)
            && !values.isEmpty()
            && values.getFirst() instanceof Number pid
        ? pid.intValue()
        : 0;
  }
}
