package org.usersvc.daemon.files;

import java.net.InetAddress;

/** Sockets at which programs listen that are started later. <b>Loop thread only.</b> */
public interface ListeningSockets {
  /** The kind of a socket. */
  enum Kind {
    STREAM,
    DATAGRAM,
    SEQUENTIAL_PACKETS
  }

  /** Where a socket listens. */
  sealed interface Address {
    /** A file; one that is a socket is replaced. */
    record Path(String path, int mode) implements Address {}

    /** An abstract name of UNIX sockets, without the leading NUL. */
    record Abstract(String name) implements Address {}

    /** An address of IPv4 or IPv6. */
    record Internet(InetAddress host, int port) implements Address {}
  }

  /** What can be set at a socket. */
  enum Option {
    PASS_CREDENTIALS,
    PASS_SECURITY,
    PASS_PID_FD,
    KEEP_ALIVE,
    /** The value is in bytes. */
    RECEIVE_BUFFER,
    /** The value is in bytes. */
    SEND_BUFFER,
    NO_DELAY
  }

  /**
   * Makes a socket that does not block; one that connects others also listens. The program that
   * takes this one's place in the same process gets the same socket by the same call, and so does
   * the next daemon if {@link #hold} was called.
   *
   * @param backlog how many connections wait; the kernel has a lower bound of its own
   */
  int listen(Kind kind, Address address, int backlog) throws FileFault;

  /**
   * A socket or a FIFO outlives the daemon's death, with all that waits in it: the next daemon gets
   * the same when it opens it.
   */
  void hold(int descriptor);

  /** It is about to be closed. */
  void release(int descriptor);

  /** Whether {@link #listen} would give the socket of the program before this one. */
  boolean isLeft(Kind kind, Address address);

  /** Sets an option; one that the kernel or this kind of socket does not have is no error. */
  void set(int socket, Option option, int value);

  /** Lets a socket block, as programs expect of one that they are passed. */
  void block(int socket);

  /**
   * Accepts a connection at a socket that does not block. The connection blocks.
   *
   * @return -1 if none waits
   */
  int accept(int socket) throws FileFault;

  /** Drops the connections and data that wait; the socket blocks or not as before. */
  void flush(int socket);
}
