package org.usersvc.daemon.wire;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One D-Bus connection that is ready for use: to a bus, or from a direct peer. <b>Loop thread
 * only.</b>
 */
public interface Link {
  /** Whether a message bus is at the other end: it has names, and routes signals. */
  boolean isBus();

  /** The address of the bus as it was registered; empty for a direct peer. */
  String address();

  /** The process at the other end: the direct peer, or the bus. 0 if unknown. */
  int peerPid();

  /** Sends a signal to all listeners (bus), or to the peer. Values as dbus-java takes them. */
  default void signal(
      String path, String interfaceName, String member, String signature, Object... values) {
    signal(new Request("", path, interfaceName, member, signature, Arrays.asList(values)));
  }

  /** Sends a signal to its destination, to all if it names none. */
  void signal(Request signal);

  /**
   * Calls a method at the other end.
   *
   * @param reply called once: with the answer, or with a failure when the connection is lost or no
   *     answer came in 25 s
   */
  void call(Request request, Consumer<Reply> reply);

  /**
   * Runs the action once if a caller leaves the bus, or the peer goes.
   *
   * @param sender of the call
   * @return cancels the action
   */
  Runnable whenGone(String sender, Runnable action);

  /**
   * A message to one destination, to be sent as a call or a signal. Values as dbus-java takes them.
   */
  record Request(
      String destination,
      String path,
      String interfaceName,
      String member,
      String signature,
      List<Object> values) {
    /** The name of the bus itself. */
    public static final String BUS = "org.freedesktop.DBus";

    /** A call of the bus itself. */
    public static Request ofBus(String member, String signature, Object... values) {
      return new Request(BUS, "/org/freedesktop/DBus", BUS, member, signature, List.of(values));
    }
  }

  /** The answer to a call. */
  sealed interface Reply {
    record Values(List<Object> values) implements Reply {}

    record Failed(String errorName, String text) implements Reply {}
  }
}
