package org.usersvc.daemon.socket;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.supervise.Messages;

/** Listens for clients of the same user, or of root. <b>Loop thread only.</b> */
public final class ControlSocket {
  private static final int MOST_CLIENTS = 4096;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Set<Connection> connections = new HashSet<>();
  private final Set<Connection> toFlush = new HashSet<>();
  private final Connection.Parts parts;
  private final LocalSockets sockets;
  private final EventLoop loop;
  private final Messages messages;
  private final int uid;
  private final int listener;

  /**
   * Begins to listen.
   *
   * @param path of the socket; one that a dead daemon left is replaced
   * @param uid whose clients are served
   * @throws FileFault if the socket cannot be made
   */
  public ControlSocket(Doors doors, LocalSockets sockets, String path, int uid) throws FileFault {
    this.sockets = sockets;
    this.loop = doors.platform().loop();
    this.messages = doors.platform().messages();
    this.uid = uid;
    var dispatcher = new Dispatcher(doors);
    this.parts =
        new Connection.Parts(
            doors.platform().files(), sockets, loop, dispatcher, new RequestSpace(), toFlush);
    loop.atTurnEnd(this::flushAll);
    this.listener = sockets.listen(path);
    loop.onReadable(listener, this::acceptAll);
  }

  private void flushAll() {
    if (!toFlush.isEmpty()) {
      var some = List.copyOf(toFlush);
      toFlush.clear();
      some.forEach(Connection::flush);
    }
  }

  private void acceptAll() {
    try {
      for (int client = sockets.accept(listener); client >= 0; client = sockets.accept(listener)) {
        admit(client);
      }
    } catch (FileFault fault) {
      messages.warn("control socket: " + fault.getMessage() + ", retrying in 1 s");
      loop.forget(listener);
      loop.timers().after(PAUSE, () -> loop.onReadable(listener, this::acceptAll));
    }
  }

  private void admit(int client) throws FileFault {
    var peer = sockets.peer(client);
    if ((peer.uid() != uid && peer.uid() != 0) || connections.size() >= MOST_CLIENTS) {
      messages.warn("control socket: a client of uid " + peer.uid() + " was turned away");
      parts.files().close(client);
      return;
    }
    var closing = new Runnable[1];
    var connection = new Connection(client, peer.pid(), parts, () -> closing[0].run());
    closing[0] = () -> connections.remove(connection);
    connections.add(connection);
  }

  /** Sends what can be sent and lets every client go. */
  public void close() {
    loop.forget(listener);
    parts.files().close(listener);
    Set.copyOf(connections).forEach(Connection::finish);
  }
}
