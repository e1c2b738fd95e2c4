package org.usersvc.daemon.notify;

import java.util.function.Consumer;
import org.usersvc.daemon.files.DatagramSockets;
import org.usersvc.daemon.files.DatagramSockets.Datagram;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.runtime.NamedSocket;

/**
 * The socket for the messages of one service. A flood of messages fills only the sender's own.
 * <b>Loop thread only.</b>
 *
 * <p>INVARIANT: a descriptor that came with a message is closed when the taker has taken it, and
 * everything sent before it.
 */
public final class NotifySocket {
  /** The longest message, in bytes; as much as a pipe takes in one piece (PIPE_BUF). */
  private static final int LONGEST = 4096;

  private static final int MOST_A_TURN = 16;

  /** Receives messages. */
  @FunctionalInterface
  public interface Taker {
    /**
     * A process of our user has sent a message, valid or not.
     *
     * @param senderPid from the kernel; the process may have ended; 0 if it is not visible from
     *     here
     */
    void notified(int senderPid, Notification notification);
  }

  /**
   * Its parts.
   *
   * @param warn called with faults that are no service's
   * @param uid the user whose processes may send
   */
  public record Parts(
      FileSystem files, DatagramSockets sockets, EventLoop loop, Consumer<String> warn, int uid) {}

  private final Parts parts;
  private final Taker taker;
  private final NamedSocket socket;
  private int lastTurnedAway;

  /** How many more messages are taken in this turn. */
  private int left;

  private boolean closed;

  /**
   * Begins to listen.
   *
   * @param path of the socket; that of a dead daemon is replaced
   * @throws FileFault if the socket cannot be made
   */
  public NotifySocket(Parts parts, String path, Taker taker) throws FileFault {
    this.parts = parts;
    this.taker = taker;
    this.lastTurnedAway = parts.uid();
    this.socket =
        new NamedSocket(
            new NamedSocket.Parts(parts.files(), parts.loop(), parts.warn()),
            path,
            parts.sockets()::bind,
            this::takeSoon);
    settle();
  }

  /** Makes the socket again if it has gone. */
  public void settle() throws FileFault {
    socket.settle();
  }

  private void takeSoon() {
    if (left == 0) {
      left = MOST_A_TURN;
      parts.loop().pieces().add(this::takeNext);
    }
  }

  /** Takes one message; the rest makes the socket readable in the next turn again. */
  private boolean takeNext() {
    int others = left - 1;
    left = 0; // also after an exception
    left = !closed && takeOne() ? others : 0;
    return left > 0;
  }

  /** Whether there was one. */
  private boolean takeOne() {
    try {
      var message = parts.sockets().receive(socket.descriptor(), LONGEST);
      if (message == null) {
        return false;
      }
      socket.worked();
      take(message);
      return true;
    } catch (FileFault fault) {
      socket.restAfter(fault);
      return false;
    }
  }

  private void take(Datagram message) {
    try {
      if (message.uid() != parts.uid()) {
        turnAway(message.uid());
        return;
      }
      var notification = read(message);
      if (!notification.saysNothing()) {
        taker.notified(message.pid(), notification);
      }
    } finally {
      message.descriptors().forEach(parts.files()::close);
    }
  }

  /** Logs a refused user once in a row. */
  private void turnAway(int uid) {
    if (uid != lastTurnedAway) {
      lastTurnedAway = uid;
      parts.warn().accept("notify socket: a message of uid " + uid + " was turned away");
    }
  }

  private static Notification read(Datagram message) {
    if (message.cut()) {
      return Notification.unread("it is longer than " + LONGEST + " bytes, ignoring it");
    }
    if (message.text().indexOf('\0') >= 0) {
      return Notification.unread("it has a NUL byte, ignoring it");
    }
    return Assignments.read(message.text(), message.descriptors().size());
  }

  /** Stops listening, and removes the socket if it is still this one. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    socket.remove();
  }
}
