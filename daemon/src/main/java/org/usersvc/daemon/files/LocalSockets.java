package org.usersvc.daemon.files;

import java.util.List;

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

  /**
   * Receives what has come, as much as fits.
   *
   * @throws FileFault if there is no other end any more
   */
  Received receive(int connection, byte[] into) throws FileFault;

  /**
   * What has come.
   *
   * @param length how many bytes; 0 if the other end sends no more, -1 if nothing has come yet
   * @param descriptors those that came with the bytes, close-on-exec; they belong to the caller
   * @param isShort whether more descriptors were sent, for which this process has no room
   */
  record Received(int length, List<Integer> descriptors, boolean isShort) {
    /** Nothing has come yet. */
    public static final Received NOTHING = new Received(-1, List.of(), false);

    public Received {
      descriptors = List.copyOf(descriptors);
    }
  }
}
