package org.usersvc.daemon.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the variables that other programs give to a bus, by a connection of its own: a bus shows
 * them only to a monitor, which must not send. <b>Loop thread only.</b>
 */
public final class BusMonitor implements Conversation.Party {
  private static final String RULE =
      "type='method_call',interface='org.freedesktop.DBus',member='UpdateActivationEnvironment'";

  private final Link bus;
  private final BiConsumer<String, Map<String, String>> taker;
  private @Nullable Conversation conversation;

  private BusMonitor(Link bus, BiConsumer<String, Map<String, String>> taker) {
    this.bus = bus;
    this.taker = taker;
  }

  /**
   * Begins to listen.
   *
   * @param taker called with the unique name of the sender, and the variables
   * @return null if the bus accepts no second connection
   */
  public static @Nullable BusMonitor open(
      Transport transport,
      List<String> candidates,
      Link bus,
      BiConsumer<String, Map<String, String>> taker) {
    var reached = transport.reach(candidates);
    if (!reached.isReached()) {
      return null;
    }
    var monitor = new BusMonitor(bus, taker);
    var begun = new Conversation(transport, reached.socket(), monitor);
    monitor.conversation = begun;
    begun.open(new ClientHandshake(transport.uid));
    return monitor;
  }

  @Override
  public Link link() {
    return bus;
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public void established(String guid) {
    ask(Link.Request.ofBus("Hello", ""), () -> ask(becomeMonitor(), () -> {}));
  }

  private static Link.Request becomeMonitor() {
    return new Link.Request(
        Link.Request.BUS,
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus.Monitoring",
        "BecomeMonitor",
        "asu",
        List.of(List.of(RULE), 0));
  }

  private void ask(Link.Request request, Runnable onSuccess) {
    if (conversation != null) {
      conversation.call(
          request,
          reply -> {
            if (reply instanceof Link.Reply.Values) {
              onSuccess.run();
            } else {
              close(); // a bus without monitors
            }
          });
    }
  }

  @Override
  public void called(Call call) {
    if (call instanceof IncomingCall incoming) {
      incoming.ignore();
    }
    boolean isUpdate = call.member().equals("UpdateActivationEnvironment");
    if (isUpdate
        && !call.arguments().isEmpty()
        && call.arguments().getFirst() instanceof Map<?, ?> map) {
      var variables = new LinkedHashMap<String, String>();
      map.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
      taker.accept(call.sender(), variables);
    }
  }

  @Override
  public void emitted(Emission emission) {}

  @Override
  public void ended(String reason) {
    conversation = null;
  }

  @Override
  public String describe() {
    return "the monitor of a bus";
  }

  /** Leaves the bus. */
  public void close() {
    if (conversation != null) {
      conversation.close();
      conversation = null;
    }
  }
}
