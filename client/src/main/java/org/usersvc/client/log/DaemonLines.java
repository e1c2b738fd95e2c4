package org.usersvc.client.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.client.socket.NativeText;

/**
 * Finds in the daemon's own log the lines that are about some services: those that begin with
 * {@code NAME: }, or with {@code NAME/log: }, which is kept, as it says that they are about the log
 * service.
 */
final class DaemonLines {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Start(String label, byte[] bytes, boolean kept) {}

  private final List<Start> starts = new ArrayList<>();
  private @Nullable Start found;

  /** {@code name}: what the daemon calls the service; {@code label}: what is shown for it. */
  void add(String name, String label) {
    String printable = NativeText.printable(name);
    starts.add(new Start(label, NativeText.encode(printable + ": "), false));
    starts.add(new Start(label, NativeText.encode(printable + "/log: "), true));
  }

  boolean isEmpty() {
    return starts.isEmpty();
  }

  /** Whether a message is about one of the services; the other methods are about the last one. */
  boolean find(byte[] bytes, int start, int end) {
    for (Start each : starts) {
      int stop = start + each.bytes().length;
      if (stop <= end && Arrays.equals(bytes, start, stop, each.bytes(), 0, each.bytes().length)) {
        found = each;
        return true;
      }
    }
    return false;
  }

  /** The length of the service's name before the message. */
  int nameLength() {
    return found == null || found.kept() ? 0 : found.bytes().length;
  }

  String label() {
    return found == null ? "" : found.label();
  }
}
