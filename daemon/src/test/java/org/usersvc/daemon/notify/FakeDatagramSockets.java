package org.usersvc.daemon.notify;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.DatagramSockets;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Errno;

/** A socket to which a test sends as whom it likes. */
final class FakeDatagramSockets implements DatagramSockets {
  static final int SOCKET = 900_000;
  static final int UID = 1000;

  private final ArrayDeque<Datagram> waiting = new ArrayDeque<>();
  private boolean exhausted;

  @Override
  public int bind(String path) {
    return SOCKET;
  }

  @Override
  public @Nullable Datagram receive(int socket, int most) throws FileFault {
    if (exhausted) {
      throw new FileFault("receive", "a message", new Errno(Errno.ENOMEM));
    }
    return waiting.poll();
  }

  void send(int pid, String text, Integer... descriptors) {
    waiting.add(new Datagram(pid, UID, text, false, List.of(descriptors)));
  }

  void sendCut(int pid, String text) {
    waiting.add(new Datagram(pid, UID, text, true, List.of()));
  }

  void sendAs(int uid, String text, Integer... descriptors) {
    waiting.add(new Datagram(1, uid, text, false, List.of(descriptors)));
  }

  /** Whether the kernel has no memory left. */
  void exhausted(boolean now) {
    exhausted = now;
  }

  int waiting() {
    return waiting.size();
  }
}
