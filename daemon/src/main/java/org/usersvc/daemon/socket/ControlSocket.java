package org.usersvc.daemon.socket;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.loop.Budget;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.runtime.Acceptor;
import org.usersvc.daemon.runtime.NamedSocket;

/** Listens for clients of the same user, or of root. <b>Loop thread only.</b> */
public final class ControlSocket {
  private static final int MOST_CLIENTS = 4096;

  /** The eldest first. */
  private final Set<Connection> connections = new LinkedHashSet<>();

  private final Set<Connection> toFlush = new HashSet<>();
  private final Connection.Parts parts;
  private final NamedSocket listener;
  private int expected = -1;
  private Runnable whenAlone = () -> {};

  /**
   * Begins to listen, if {@link #settle} can make the socket.
   *
   * @param budget of bytes that clients send and do not read
   * @param path of the socket; that of a dead daemon is replaced
   * @param uid whose clients are served
   */
  public ControlSocket(Backend backend, LocalSockets sockets, Budget budget, String path, int uid) {
    var loop = backend.platform().loop();
    var dispatcher = new Dispatcher(backend);
    this.parts =
        new Connection.Parts(
            backend.platform().files(),
            sockets,
            loop,
            dispatcher,
            new Turns(loop.requests()),
            budget,
            toFlush);
    loop.at(TurnEnd.SEND, this::flushAll);
    var socket =
        new NamedSocket.Parts(
            backend.platform().files(), loop, backend.platform().messages()::warn);
    this.listener =
        new Acceptor(socket, sockets, path, sockets::listen, uid, new Reception()).listener();
  }

  /** Makes the socket if it is not there. */
  public void settle() throws FileFault {
    listener.settle();
  }

  private void flushAll() {
    if (!toFlush.isEmpty()) {
      var some = List.copyOf(toFlush);
      toFlush.clear();
      some.forEach(Connection::flush);
    }
  }

  private final class Reception implements Acceptor.Host {
    @Override
    public void admit(int client, LocalSockets.Peer peer) {
      if (connections.size() >= MOST_CLIENTS && !makeRoom()) {
        ControlSocket.this.makeRoom(false);
      }
      connect(client, peer.pid());
    }

    @Override
    public boolean makeRoom() {
      return ControlSocket.this.makeRoom(true);
    }
  }

  /**
   * Disconnects the eldest client for another, so that a crowd of clients cannot shut others out.
   *
   * @param idle whether the client must not have sent a request yet
   * @return false if there is none
   */
  private boolean makeRoom(boolean idle) {
    for (var eldest : connections) {
      if (!idle || eldest.isIdle()) {
        eldest.makeWay();
        return true;
      }
    }
    return false;
  }

  private Connection connect(int client, int pid) {
    var connection = new Connection(client, pid, parts, this::left);
    connections.add(connection);
    return connection;
  }

  private void left(Connection connection) {
    connections.remove(connection);
    if (connections.size() <= expected) {
      whenAlone.run();
    }
  }

  /** Continues with a client that has sent its request to the previous program in this process. */
  public Answer resume(int client) {
    var connection = connect(client, 0);
    connection.expectNoRequest();
    return connection;
  }

  /**
   * Lets new clients wait from now on, until {@link #admitAgain}.
   *
   * @param stay how many of the present ones will not go
   * @param alone run when only those are left, perhaps at once
   */
  public void admitNobody(int stay, Runnable alone) {
    listener.read(false);
    expected = stay;
    whenAlone = alone;
    if (connections.size() <= stay) {
      alone.run();
    }
  }

  /** Serves the clients that have waited. */
  public void admitAgain() {
    expected = -1;
    listener.read(true);
  }

  /** Disconnects all but these clients, and sends them the reason. */
  public void dismiss(Collection<Answer> stay, String reason) {
    for (var connection : Set.copyOf(connections)) {
      if (!stay.contains(connection)) {
        connection.err("usersvc: " + reason);
        connection.end(1);
        connection.finish();
      }
    }
  }

  /** Sends as much as possible and disconnects every client. */
  public void close() {
    listener.close();
    Set.copyOf(connections).forEach(Connection::finish);
  }
}
