package org.usersvc.daemon.notify;

import java.util.function.Consumer;
import org.usersvc.daemon.files.DatagramSockets;
import org.usersvc.daemon.files.DatagramSockets.Datagram;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.runtime.NamedSocket;

/**
 * The socket to which a service sends what it has to say. One that sends without an end fills only
 * its own. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: a descriptor that came with a message is closed when the taker has taken it, and
 * everything sent before it.
 */
public final class NotifySocket {
  /** Of a message, in bytes; as much as a pipe takes in one piece (PIPE_BUF). */
  private static final int LONGEST = 4096;

  private static final int MOST_A_TURN = 16;

  /** Who is told. */
  @FunctionalInterface
  public interface Taker {
    /**
     * A process of our user says something, or something that makes no sense.
     *
     * @param senderPid in the kernel's word; the process may be gone; 0 if it is not visible from
     *     here
     */
    void notified(int senderPid, Notification notification);
  }

  /**
   * What it works with.
   *
   * @param warn told of what no service can be blamed for
   * @param uid whose processes are heard
   */
  public record Parts(
      FileSystem files, DatagramSockets sockets, EventLoop loop, Consumer<String> warn, int uid) {}

  private final Parts parts;
  private final Taker taker;
  private final NamedSocket socket;
  private int lastTurnedAway;

  /** So many messages more are taken in this turn. */
  private int left;

  private boolean closed;

  /**
   * Begins to listen.
   *
   * @param path of the socket; one that a dead daemon left is replaced
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

  /** Listens where services send to, if that is not so any more. */
  public void settle() throws FileFault {
    socket.settle();
  }

  private void takeSoon() {
    if (left == 0) {
      left = MOST_A_TURN;
      parts.loop().pieces().add(this::takeNext);
    }
  }

  /** Takes one; what the last of them leaves makes the socket readable in the next turn again. */
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

  /** Who says it again and again is told of once. */
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

  /** Hears nobody any more, and removes the socket if it is still this one. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    socket.remove();
  }
}
