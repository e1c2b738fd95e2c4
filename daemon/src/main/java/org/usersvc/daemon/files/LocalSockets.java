package org.usersvc.daemon.files;

/** UNIX stream sockets, never blocking. <b>Loop thread only.</b> */
public interface LocalSockets {
  /** Binds a listening socket, mode 0600, over a file that a dead daemon left. */
  int listen(String path) throws FileFault;

  /** Whether the program before this one in the same process has left a socket for that path. */
  default boolean isLeft(String path) {
    return false;
  }

  /** The next waiting connection, or -1 if none waits. */
  int accept(int listener) throws FileFault;

  /**
   * Connects, without waiting for the other end to accept.
   *
   * @param name path of the socket, or a NUL and an abstract name
   * @throws FileFault if nobody listens there, or whoever does has no room for another connection
   */
  int connect(String name) throws FileFault;

  /** The process at the other end of a connection, as it was when it connected or listened. */
  Peer peer(int connection) throws FileFault;

  /**
   * Who is at the other end.
   *
   * @param pid 0 if it is not visible from here
   */
  record Peer(int pid, int uid) {
    /** Whether it is of that user, or of root. */
    public boolean isOf(int user) {
      return uid == user || uid == 0;
    }
  }

  /**
   * Sends what the other end takes now.
   *
   * @return how many bytes, 0 if it takes nothing now
   */
  int send(int connection, byte[] from, int offset, int length) throws FileFault;
}
