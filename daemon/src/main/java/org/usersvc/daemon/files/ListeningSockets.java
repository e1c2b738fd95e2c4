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

  /**
   * Makes a socket that does not block; one that connects others also listens. The program that
   * takes this one's place in the same process gets the same socket of a path by the same call.
   *
   * @param backlog how many connections wait; the kernel has a lower bound of its own
   */
  int listen(Kind kind, Address address, int backlog) throws FileFault;
}
