package org.usersvc.daemon.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.model.NativeText;

/** Bytes that wait until a client takes them. */
final class Outbox {
  private static final int IDLE = 256;

  private byte[] bytes = new byte[IDLE];
  private int start;
  private int end;

  int size() {
    return end - start;
  }

  /** How many bytes of memory it takes. */
  int space() {
    return bytes.length;
  }

  void add(String text) {
    byte[] more = NativeText.encode(text);
    if (end + more.length > bytes.length) {
      makeRoom(more.length);
    }
    System.arraycopy(more, 0, bytes, end, more.length);
    end += more.length;
  }

  private void makeRoom(int more) {
    int needed = size() + more;
    var target = needed > bytes.length / 4 * 3 ? new byte[needed + needed / 2] : bytes;
    System.arraycopy(bytes, start, target, 0, size());
    end -= start;
    start = 0;
    bytes = target;
  }

  /** Sends what the client takes now; true once nothing is left. */
  boolean send(LocalSockets sockets, int connection) throws FileFault {
    while (start < end) {
      int count = sockets.send(connection, bytes, start, end - start);
      if (count == 0) {
        return false;
      }
      start += count;
    }
    if (bytes.length > 16 * IDLE) {
      bytes = new byte[IDLE];
    }
    start = 0;
    end = 0;
    return true;
  }

  @Override
  public String toString() {
    return new String(Arrays.copyOfRange(bytes, start, end), UTF_8);
  }
}
