package org.usersvc.systemd.unit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.exec.ExecCommands;
import org.usersvc.systemd.exec.ExecSettings;
import org.usersvc.systemd.exec.KillSettings;
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
 * @param commands the commands that it runs itself
 * @param passesToExec whether these get the descriptors too
 * @param flushesPending whether waiting connections and data are dropped when the service ends
 */
public record SocketSettings(
    List<Listen> listen,
    UnitName service,
    Accept accept,
    SocketOptions options,
    Names names,
    StartLimit triggerLimit,
    Commands commands,
    boolean passesToExec,
    boolean flushesPending)
    implements Settings {
  public SocketSettings {
    listen = List.copyOf(listen);
  }

  /**
   * Whether each connection gets an instance of the service: where {@code Accept=} is on and there
   * are connections at all.
   */
  public boolean acceptsConnections() {
    return accept.isOn() && listen.stream().allMatch(address -> address.kind().hasConnections());
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
    FIFO;

    /** Whether connections come, and not data. */
    public boolean hasConnections() {
      return this == STREAM || this == SEQUENTIAL_PACKET;
    }
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

  /**
   * The commands around the life of the sockets. Immutable.
   *
   * @param lines the command lines: before and after listening, before and after closing
   * @param exec how they run
   * @param kill how they are ended
   * @param timeout how long each phase may take; null: without an end
   */
  public record Commands(
      ExecCommands lines, ExecSettings exec, KillSettings kill, @Nullable Duration timeout) {}
}
