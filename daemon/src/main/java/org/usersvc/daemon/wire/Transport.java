package org.usersvc.daemon.wire;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.model.NativeText;

/** The shared base of all D-Bus connections of the daemon. <b>Loop thread only.</b> */
public final class Transport {
  /** The most time until a connection is ready for messages. */
  static final Duration BEGINNING = Duration.ofSeconds(10);

  private static final int BLOCK = 16 * 1024;

  final FileSystem files;
  final LocalSockets sockets;
  final EventLoop loop;
  final int uid;
  final WireWriter writer = new WireWriter();
  final Budget budget;
  final byte[] block = new byte[BLOCK];
  private final Set<Wire> toFlush = new LinkedHashSet<>();

  /**
   * The base for connections.
   *
   * @param budget of bytes that wait to be read or sent
   * @param uid of this process; the other end must have the same, or be root
   */
  public Transport(FileSystem files, LocalSockets sockets, EventLoop loop, Budget budget, int uid) {
    this.files = files;
    this.sockets = sockets;
    this.loop = loop;
    this.budget = budget;
    this.uid = uid;
    loop.at(TurnEnd.SEND, this::flushAll);
  }

  /**
   * Connects to a socket.
   *
   * @param name path, or a NUL and an abstract name
   * @throws FileFault if no process listens there
   */
  public int connect(String name) throws FileFault {
    return sockets.connect(name);
  }

  /**
   * Whether another process listens there. Our own process may listen already if the previous
   * program in it has left the socket open.
   */
  public boolean isServedByAnother(String path) {
    try {
      if (sockets.isLeft(path)) {
        return false;
      }
      files.close(sockets.connect(path));
      return true;
    } catch (FileFault ignored) { // no process listens there
      return false;
    }
  }

  /**
   * The result of connecting to a socket.
   *
   * @param socket connected; -1 if there is no trusted listener
   * @param pid of the process that has begun to listen
   * @param trouble empty if there is none
   */
  record Reached(int socket, int pid, String trouble) {
    boolean isReached() {
      return socket >= 0;
    }
  }

  /** Connects to the first of these sockets that accepts. */
  Reached reach(List<String> names) {
    var reached = new Reached(-1, 0, "no address");
    for (String name : names) {
      reached = reach(name);
      if (reached.isReached()) {
        break;
      }
    }
    return reached;
  }

  private Reached reach(String name) {
    int socket = -1;
    String trouble;
    try {
      socket = connect(name);
      var peer = sockets.peer(socket);
      if (peer.isOf(uid)) {
        return new Reached(socket, peer.pid(), "");
      }
      trouble = NativeText.printable(name) + " belongs to uid " + peer.uid();
    } catch (FileFault fault) {
      trouble = String.valueOf(fault.getMessage());
    }
    if (socket >= 0) {
      files.close(socket);
    }
    return new Reached(-1, 0, trouble);
  }

  /** Flushes the connection at the end of the turn, when status files are written. */
  void flushSoon(Wire wire) {
    loop.stayAwake();
    toFlush.add(wire);
  }

  private void flushAll() {
    if (!toFlush.isEmpty()) {
      var some = List.copyOf(toFlush);
      toFlush.clear();
      some.forEach(Wire::flush);
    }
  }
}
