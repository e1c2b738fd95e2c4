package org.usersvc.daemon.wire;

import java.util.function.IntConsumer;

/** The process that makes a call; if the bus itself calls, the process of the bus. */
public final class CallerPid {
  private CallerPid() {}

  /**
   * Asks the bus, or the kernel.
   *
   * @param taker called once, on the loop, perhaps before this returns; 0 if unknown
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
   * The process that serves a bus: the kernel names the one that began to listen, but a bus may
   * have forked since.
   *
   * @param taker called once, on the loop; 0 if unknown
   */
  public static void ofBus(Link link, IntConsumer taker) {
    ask(link, Link.Request.BUS, link.peerPid(), taker);
  }

  /**
   * The process that has that name on a bus.
   *
   * @param taker called once, on the loop; 0 if unknown
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
