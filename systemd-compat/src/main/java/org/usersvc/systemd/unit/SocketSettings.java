package org.usersvc.systemd.unit;

import java.util.List;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The section {@code [Socket]}. Immutable.
 *
 * @param listen where it listens; at least one
 * @param service the service that it starts; a template's if it accepts connections itself
 * @param accept how it accepts connections
 * @param options what is set at each socket
 * @param names how its files and descriptors are called
 * @param triggerLimit how often it may start its service
 * @param passesToExec whether the {@code Exec…=} of this unit get the descriptors too
 * @param flushesPending whether waiting connections and data are dropped when the service ends
 */
public record SocketSettings(
    List<Listen> listen,
    UnitName service,
    Accept accept,
    SocketOptions options,
    Names names,
    StartLimit triggerLimit,
    boolean passesToExec,
    boolean flushesPending)
    implements Settings {
  public SocketSettings {
    listen = List.copyOf(listen);
  }

  /**
   * One address. Immutable.
   *
   * @param kind what kind of socket or file
   * @param address as it is written: an absolute path, {@code @} and an abstract name, a port, or a
   *     host and a port
   */
  public record Listen(ListenKind kind, String address) {
    /** Whether the address is a file. */
    public boolean isPath() {
      return address.startsWith("/");
    }
  }

  /** The kinds of what a socket unit listens at. */
  public enum ListenKind {
    STREAM,
    DATAGRAM,
    SEQUENTIAL_PACKET,
    FIFO,
    SPECIAL,
    NETLINK,
    MESSAGE_QUEUE,
    USB_FUNCTION
  }

  /**
   * Whether the unit accepts connections, and how many. Immutable.
   *
   * @param isOn whether each connection gets an instance of its own
   * @param connections how many at the same time, at least 1
   * @param connectionsPerSource how many of one peer; 0: as many as of all
   */
  public record Accept(boolean isOn, int connections, int connectionsPerSource) {
    public static final Accept DEFAULT = new Accept(false, 64, 0);
  }

  /**
   * Files and names. Immutable.
   *
   * @param descriptor what {@code LISTEN_FDNAMES} calls its descriptors
   * @param socketMode the mode of its files, 0 to 07777
   * @param directoryMode the mode of directories that are made for them
   * @param symlinks absolute paths that become links to its only file
   * @param removesOnStop whether files and links are removed when it stops
   */
  public record Names(
      String descriptor,
      int socketMode,
      int directoryMode,
      List<String> symlinks,
      boolean removesOnStop) {
    public Names {
      symlinks = List.copyOf(symlinks);
    }
  }
}
