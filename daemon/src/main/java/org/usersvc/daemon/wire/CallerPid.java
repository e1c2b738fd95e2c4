package org.usersvc.daemon.wire;

import java.util.function.IntConsumer;

/** Which process calls; of a call that the bus itself makes, the bus. */
public final class CallerPid {
  private CallerPid() {}

  /**
   * Asks the bus, or the kernel.
   *
   * @param taker told once, on the loop, perhaps before this returns; 0 if it is not known
   */
  public static void of(Call call, IntConsumer taker) {
    var link = call.link();
    if (link.isBus() && call.sender().equals(Link.Request.BUS)) {
      ofBus(link, taker);
    } else if (link.isBus()) {
      ask(link, call.sender(), 0, taker);
    } else {
      taker.accept(link.peerPid());
    }
  }

  /**
   * Which process serves a bus: by the kernel's word it is the one that began to listen, and a bus
   * may have forked since.
   *
   * @param taker told once, on the loop; 0 if it is not known
   */
  public static void ofBus(Link link, IntConsumer taker) {
    ask(link, Link.Request.BUS, link.peerPid(), taker);
  }

  /**
   * Which process has that name on a bus.
   *
   * @param taker told once, on the loop; 0 if it is not known
   */
  public static void ofName(Link link, String name, IntConsumer taker) {
    ask(link, name, 0, taker);
  }

  private static void ask(Link link, String name, int otherwise, IntConsumer taker) {
    link.call(
        Link.Request.ofBus("GetConnectionUnixProcessID", "s", name),
        reply -> taker.accept(pid(reply, otherwise)));
  }

  private static int pid(Link.Reply reply, int otherwise) {
    return reply instanceof Link.Reply.Values(var values)
            && !values.isEmpty()
            && values.getFirst() instanceof Number pid
        ? pid.intValue()
        : otherwise;
  }
}
