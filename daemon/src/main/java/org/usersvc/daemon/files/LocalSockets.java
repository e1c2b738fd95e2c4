package org.usersvc.daemon.files;

/** UNIX stream sockets, never blocking. <b>Loop thread only.</b> */
public interface LocalSockets {
  /** Binds a listening socket, mode 0600; replaces the file of a dead daemon. */
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
   * @throws FileFault if no process listens there, or its queue of connections is full
   */
  int connect(String name) throws FileFault;

  /** The process at the other end of a connection, as it was when it connected or listened. */
  Peer peer(int connection) throws FileFault;

  /**
   * The process at the other end.
   *
   * @param pid 0 if it is not visible from here
   */
  record Peer(int pid, int uid) {
    /** Whether it is that user's or root's. */
    public boolean isOf(int user) {
      return uid == user || uid == 0;
    }
  }

  /**
   * Sends as much as the other end takes now.
   *
   * @return how many bytes, 0 if it takes nothing now
   */
  int send(int connection, byte[] from, int offset, int length) throws FileFault;
}
