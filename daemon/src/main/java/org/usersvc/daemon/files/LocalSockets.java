package org.usersvc.daemon.files;

/** UNIX stream sockets, never blocking. <b>Loop thread only.</b> */
public interface LocalSockets {
  /** Binds a listening socket, mode 0600, over a file that a dead daemon left. */
  int listen(String path) throws FileFault;

  /** The next waiting connection, or -1 if none waits. */
  int accept(int listener) throws FileFault;

  /** The user at the other end. */
  int peerUid(int connection) throws FileFault;

  /**
   * Sends what the other end takes now.
   *
   * @return how many bytes, 0 if it takes nothing now
   */
  int send(int connection, byte[] from, int offset, int length) throws FileFault;
}
