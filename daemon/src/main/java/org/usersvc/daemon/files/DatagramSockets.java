package org.usersvc.daemon.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** UNIX datagram sockets to which others send, never blocking. <b>Loop thread only.</b> */
public interface DatagramSockets {
  /** Binds a socket, mode 0600, over a file that a dead daemon left. */
  int bind(String path) throws FileFault;

  /**
   * The next message, or null if none waits.
   *
   * @param most how many bytes of it are wanted, 8 KiB at most
   */
  @Nullable Datagram receive(int socket, int most) throws FileFault;

  /**
   * A message.
   *
   * @param pid whose process sent it, in the kernel's word; 0 if that is not visible from here
   * @param uid of the sender, -1 if the kernel did not say
   * @param text native text of as many bytes as were wanted at most
   * @param cut whether there were more
   * @param descriptors that came with it, close-on-exec; they belong to the caller
   */
  record Datagram(int pid, int uid, String text, boolean cut, List<Integer> descriptors) {
    public Datagram {
      descriptors = List.copyOf(descriptors);
    }
  }
}
