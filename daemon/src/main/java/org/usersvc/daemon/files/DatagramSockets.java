package org.usersvc.daemon.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** UNIX datagram sockets that receive, never blocking. <b>Loop thread only.</b> */
public interface DatagramSockets {
  /** Binds a socket, mode 0600; replaces the file of a dead daemon. */
  int bind(String path) throws FileFault;

  /**
   * The next message, or null if none waits.
   *
   * @param most the most bytes to return, up to 8 KiB
   */
  @Nullable Datagram receive(int socket, int most) throws FileFault;

  /**
   * A message.
   *
   * @param pid the sender's pid by the kernel; 0 if it is not visible from here
   * @param uid the sender's user, -1 if the kernel does not give it
   * @param text native text of up to {@code most} bytes
   * @param cut whether the message was longer
   * @param descriptors those sent with it, close-on-exec; they belong to the caller
   */
  record Datagram(int pid, int uid, String text, boolean cut, List<Integer> descriptors) {
    public Datagram {
      descriptors = List.copyOf(descriptors);
    }
  }
}
