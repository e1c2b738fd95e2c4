package org.usersvc.daemon.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.SendQueue;
import org.usersvc.daemon.loop.Budget;

/**
 * The bytes of one connection: authentication, then messages in, messages out. It never blocks:
 * incoming messages are handled one by one, as the loop has time. Bytes that the other end does not
 * take are kept, up to a limit, while nothing more is read from it. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: while messages wait to be handled, either {@link #work} is to run as the next
 * piece, or much waits to be sent and {@link #flush} will see to it.
 */
final class Wire implements Budget.Owner {
  private static final int MOST_QUEUED = 8 * 1024 * 1024;

  /** While so much waits to be sent, nothing is read. */
  private static final int MUCH_QUEUED = 1024 * 1024;

  /** The user of the connection. */
  interface User {
    /** Messages can be sent; called at most once. */
    void established(String guid);

    /**
     * A message has come.
     *
     * @param descriptors those that came with it; the user closes them
     */
    void message(Incoming message, Descriptors.Claimed descriptors);

    /** The other end, as the subject of a sentence. */
    String describe();

    /** The connection is closed, and not by its user; called at most once, in a turn of its own. */
    void ended(String reason);
  }

  /** The state of incoming messages. */
  private enum Backlog {
    /** No complete one is known. */
    NONE,
    /** One is handled as the next piece. */
    DUE,
    /** They wait until less waits to be sent. */
    STALLED,
    /** The connection is closed. */
    CLOSED
  }

  private final Transport transport;
  private final int descriptor;
  private final User user;
  private final SendQueue queue = new SendQueue();
  private final MessageStream stream = new MessageStream();
  private final Descriptors descriptors;
  private final Budget.Share share;
  private long held;
  private @Nullable HandshakeReader handshake;
  private Backlog backlog = Backlog.NONE;
  private boolean wantsRead = true;
  private boolean wantsWrite;

  /**
   * @param descriptor of a connected socket, which belongs to the wire
   */
  Wire(Transport transport, int descriptor, User user) {
    this.transport = transport;
    this.descriptor = descriptor;
    this.user = user;
    this.descriptors = new Descriptors(transport.files::close);
    this.share = transport.budget.share(this);
  }

  /** Begins with the authentication. */
  void open(Handshake opening) {
    handshake = new HandshakeReader(opening);
    transport.loop.onReadable(descriptor, this::ready);
    send(opening.greeting().getBytes(ISO_8859_1));
  }

  private void ready() {
    if (queue.size() > 0) {
      flush();
    }
    if (backlog == Backlog.NONE && listens()) {
      read();
    }
  }

  private boolean listens() {
    return queue.size() <= MUCH_QUEUED;
  }

  private void read() {
    try {
      var received = transport.sockets.receive(descriptor, transport.block);
      descriptors.add(received.descriptors(), received.isShort());
      if (received.length() == 0) {
        end("the other end closed the connection");
      } else if (received.length() > 0) {
        received(transport.block, received.length());
      }
    } catch (MalformedMessage fault) {
      end("it broke the protocol: " + fault.getMessage());
    } catch (FileFault fault) {
      end("the connection broke: " + fault.errno().describe());
    }
  }

  private void received(byte[] bytes, int length) {
    try {
      if (handshake == null) {
        stream.add(bytes, 0, length);
      } else {
        begin(handshake, bytes, length);
      }
      takeShare();
    } finally {
      workSoon();
    }
  }

  private void workSoon() {
    if (backlog == Backlog.NONE && handshake == null) {
      backlog = Backlog.DUE;
      transport.loop.pieces().add(this::work);
    }
  }

  /** To be called whenever its use of memory changes. */
  private void takeShare() {
    if (!isClosed()) {
      share.has((long) stream.space() + queue.space() + held);
    }
  }

  /** Adds to the bytes that are held for unanswered calls; may be negative. */
  void hold(long bytes) {
    held += bytes;
    takeShare();
  }

  @Override
  public String describe() {
    return user.describe();
  }

  @Override
  public void drop() {
    end("more waited to be read and to be sent than there is memory for");
  }

  private void begin(HandshakeReader beginning, byte[] bytes, int length) {
    int used = beginning.take(bytes, length);
    send(beginning.answers());
    switch (beginning.outcome()) {
      case Handshake.Step.Done(String _, String guid) -> {
        handshake = null;
        stream.add(bytes, used, length - used);
        user.established(guid);
      }
      case Handshake.Step.Refused(String reason) -> end(reason);
      case null, default -> {}
    }
  }

  /** Handles one message; the others follow when other work has had its turn. */
  private boolean work() {
    boolean more = true; // also after an exception
    try {
      more = workOff();
    } finally {
      takeShare();
      worked(more);
    }
    return false;
  }

  private void worked(boolean more) {
    if (!isClosed()) {
      backlog = more && !listens() ? Backlog.STALLED : Backlog.NONE;
      if (more) {
        workSoon();
      }
    }
  }

  /** Handles a message; false if none is left. */
  private boolean workOff() {
    try {
      var message = isClosed() ? null : stream.next();
      if (stream.takeSkipped()) {
        descriptors.close();
      }
      if (message != null) {
        user.message(message, descriptors.claim(message.descriptors()));
      } else if (descriptors.isWaiting() && stream.isEmpty()) {
        throw new MalformedMessage("descriptors belong to no message");
      }
      return message != null && !isClosed();
    } catch (MalformedMessage fault) {
      end("it broke the protocol: " + fault.getMessage());
      return false;
    }
  }

  /** Makes the loop wake the wire for its next work. */
  private void proceed(boolean writes) {
    if (isClosed()) {
      return;
    }
    boolean reads = listens();
    if (reads && backlog == Backlog.STALLED) {
      worked(true);
    }
    if (reads != wantsRead || writes != wantsWrite) {
      wantsRead = reads;
      wantsWrite = writes;
      transport.loop.interest(descriptor, reads, writes);
    }
  }

  /** Sends after the turn's other work; a receiver that leaves too much unread is cut off. */
  void send(byte[] bytes, int length) {
    if (isClosed() || length == 0) {
      return;
    }
    if (queue.size() > MOST_QUEUED) {
      end("it does not take what it is sent");
      return;
    }
    queue.add(bytes, length);
    transport.flushSoon(this);
    takeShare();
  }

  private void send(byte[] bytes) {
    send(bytes, bytes.length);
  }

  /** Sends as much as the other end takes now. */
  void flush() {
    if (isClosed()) {
      return;
    }
    try {
      queue.send(transport.sockets, descriptor);
      takeShare();
      proceed(queue.size() > 0);
    } catch (FileFault fault) {
      end("the connection broke: " + fault.errno().describe());
    }
  }

  boolean isClosed() {
    return backlog == Backlog.CLOSED;
  }

  /** Closes the connection and notifies its user. */
  void end(String reason) {
    if (!isClosed()) {
      close();
      transport.loop.soon(() -> user.ended(reason));
    }
  }

  /** Sends as much as possible at once, then closes; its user is not notified. */
  void close() {
    if (isClosed()) {
      return;
    }
    backlog = Backlog.CLOSED;
    descriptors.close();
    try {
      queue.send(transport.sockets, descriptor);
    } catch (FileFault ignored) { // the other end has gone
    }
    share.has(0);
    try {
      transport.loop.forget(descriptor);
    } finally {
      transport.files.close(descriptor);
    }
  }
}
