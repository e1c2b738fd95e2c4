package org.usersvc.daemon.bus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;

/**
 * The bytes of one connection: authentication, then messages in, messages out. Nobody is waited
 * for: what comes in is worked off in portions, two a turn at most, and what the other end does not
 * take is kept, up to a limit, while nothing more is read from it. <b>Loop thread only.</b>
 *
 * <p>INVARIANT: while messages wait to be worked off, either {@link #work} is to run in the next
 * turn, or much waits to be sent and {@link #flush} will see to it.
 */
final class Wire {
  private static final int PORTION = 16;
  private static final int MOST_QUEUED = 8 * 1024 * 1024;

  /** Who lets so much lie is not listened to. */
  private static final int MUCH_QUEUED = 1024 * 1024;

  /** Who uses the connection. */
  interface User {
    /** Messages can be sent; called once, or never. */
    void established(String guid);

    void message(Incoming message);

    /** The connection is closed, and not by its user; called once at most, in a turn of its own. */
    void ended(String reason);
  }

  private final Transport transport;
  private final int descriptor;
  private final User user;
  private final SendQueue queue = new SendQueue();
  private final MessageStream stream;
  private @Nullable HandshakeReader handshake;
  private boolean backlog;
  private boolean workIsDue;
  private boolean wantsRead = true;
  private boolean wantsWrite;
  private boolean closed;

  /**
   * @param descriptor of a connected socket, which belongs to the wire
   */
  Wire(Transport transport, int descriptor, User user) {
    this.transport = transport;
    this.descriptor = descriptor;
    this.user = user;
    this.stream = new MessageStream(transport.allowance);
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
    if (!closed && listens()) {
      read();
    }
  }

  private boolean listens() {
    return !backlog && queue.size() <= MUCH_QUEUED;
  }

  private void read() {
    try {
      int length = transport.files.read(descriptor, transport.block);
      if (length == 0) {
        end("the other end closed the connection");
      } else if (length > 0) {
        received(transport.block, length);
      }
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
    } finally {
      work();
    }
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

  private void work() {
    workIsDue = false;
    if (closed || handshake != null) {
      return;
    }
    boolean more = true; // also after an exception
    try {
      more = workOff();
    } finally {
      backlog = more;
      proceed(wantsWrite);
    }
  }

  /** Works off a portion; false if nothing is left. */
  private boolean workOff() {
    try {
      for (int i = 0; i < PORTION && queue.size() <= MUCH_QUEUED; i++) {
        var message = closed ? null : stream.next();
        if (message == null) {
          return false;
        }
        user.message(message);
      }
    } catch (MalformedMessage fault) {
      end("it broke the protocol: " + fault.getMessage());
    }
    return !closed;
  }

  /** Has the loop wake the wire for what there is to do. */
  private void proceed(boolean writes) {
    if (closed) {
      return;
    }
    if (backlog && !workIsDue && queue.size() <= MUCH_QUEUED) {
      workIsDue = true;
      transport.loop.soon(this::work);
    }
    boolean reads = listens();
    if (reads != wantsRead || writes != wantsWrite) {
      wantsRead = reads;
      wantsWrite = writes;
      transport.loop.interest(descriptor, reads, writes);
    }
  }

  /** Sends when the turn's other work is done; whoever lets too much lie is cut off. */
  void send(byte[] bytes, int length) {
    if (closed || length == 0) {
      return;
    }
    if (queue.size() > MOST_QUEUED) {
      end("it does not take what it is sent");
      return;
    }
    queue.add(bytes, length);
    transport.flushSoon(this);
  }

  private void send(byte[] bytes) {
    send(bytes, bytes.length);
  }

  /** Sends what the other end takes now. */
  void flush() {
    if (closed) {
      return;
    }
    try {
      queue.send(transport.sockets, descriptor);
      proceed(queue.size() > 0);
    } catch (FileFault fault) {
      end("the connection broke: " + fault.errno().describe());
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Closes the connection and tells its user. */
  void end(String reason) {
    if (!closed) {
      close();
      transport.loop.soon(() -> user.ended(reason));
    }
  }

  /** Sends what the other end takes at once, then closes the connection; its user is not told. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      queue.send(transport.sockets, descriptor);
    } catch (FileFault ignored) { // nobody is there any more
    }
    stream.release();
    transport.loop.forget(descriptor);
    transport.files.close(descriptor);
  }
}
