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

  /** The process at the other end: of a direct peer the client, of a bus the bus. 0 if unknown. */
  int peerPid();

  /**
   * Sends a signal to everybody who listens (bus), or to the peer. Values as dbus-java takes them.
   */
  default void signal(
      String path, String interfaceName, String member, String signature, Object... values) {
    signal(new Request("", path, interfaceName, member, signature, Arrays.asList(values)));
  }

  /** Sends a signal to the destination that it names, to all if it names none. */
  void signal(Request signal);

  /**
   * Calls a method at the other end.
   *
   * @param reply called once: with the answer, or a failure when the connection is lost or nothing
   *     was answered in 25 s
   */
  void call(Request request, Consumer<Reply> reply);

  /**
   * Runs the action once if a caller leaves the bus, or the peer goes.
   *
   * @param sender of the call
   * @return has the action run no more
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

  /** What came back. */
  sealed interface Reply {
    record Values(List<Object> values) implements Reply {}

    record Failed(String errorName, String text) implements Reply {}
  }
}
