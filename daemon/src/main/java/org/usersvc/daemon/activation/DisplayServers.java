package org.usersvc.daemon.activation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.session.Displays;

/**
 * Finds the process that listens at a Wayland or X socket, by what the kernel says. It has to be
 * this user's or root's. <b>Loop thread only.</b>
 */
final class DisplayServers {
  /** A process listens, but cannot be watched: hidden, in another namespace, or ended since. */
  static final int UNSEEN = -1;

  private static final int NOBODY = 0;
  private static final int ROOT = 0;

  /** A pid, right-aligned in ten columns, and a newline (Xserver(1)), or a NUL (wlroots). */
  private static final int LONGEST_LOCK = 16;

  private final FileSystem files;
  private final LocalSockets sockets;
  private final Messages messages;
  private final Self self;

  DisplayServers(FileSystem files, LocalSockets sockets, Messages messages, Self self) {
    this.files = files;
    this.sockets = sockets;
    this.messages = messages;
    this.self = self;
  }

  /** The pid that serves the WAYLAND_DISPLAY of the variables; 0 for none, or {@link #UNSEEN}. */
  int ofWayland(Environment variables) {
    String socket = waylandSocket(variables);
    return socket.isEmpty() ? NOBODY : behind(List.of(socket));
  }

  /** The path of the socket that WAYLAND_DISPLAY names, empty if it is not set. */
  String waylandSocket(Environment variables) {
    String display = variables.value("WAYLAND_DISPLAY");
    if (display == null || display.isEmpty()) {
      return "";
    }
    String own = variables.value("XDG_RUNTIME_DIR");
    String directory = own == null ? self.environment().value("XDG_RUNTIME_DIR") : own;
    return display.startsWith("/") ? display : directory + "/" + display;
  }

  /** The pid that serves a DISPLAY; 0 for none, or {@link #UNSEEN}. */
  int ofX(@Nullable String display) {
    String number = Displays.localNumber(display);
    if (number.isEmpty()) {
      return NOBODY;
    }
    String path = "/tmp/.X11-unix/X" + number;
    return behind(List.of("\0" + path, path));
  }

  /**
   * Whether the process has reserved a DISPLAY for an X server of its own. A compositor starts it
   * when the first program connects, so this check does not connect.
   */
  boolean isReservedBy(int pid, @Nullable String display) {
    String number = Displays.localNumber(display);
    try {
      byte[] lock = files.read(FileSystem.ABSOLUTE, "/tmp/.X" + number + "-lock", LONGEST_LOCK);
      return NativeText.decode(lock).replace('\0', ' ').strip().equals(Integer.toString(pid));
    } catch (FileFault ignored) { // no process has
      return false;
    }
  }

  private int behind(List<String> names) {
    for (String name : names) {
      int pid = listenerOf(name);
      if (pid != NOBODY) {
        return pid;
      }
    }
    return NOBODY;
  }

  private int listenerOf(String socket) {
    try {
      int connection = sockets.connect(socket);
      try {
        var peer = sockets.peer(connection);
        if (!isTrusted(peer.uid())) {
          String name = NativeText.printable(socket.replace('\0', '@'));
          messages.warn(
              name + ": uid " + peer.uid() + " listens there and leads no session, ignoring it");
          return NOBODY;
        }
        return peer.pid() != 0 && isTrusted(ownerOf(peer.pid())) ? peer.pid() : UNSEEN;
      } finally {
        files.close(connection);
      }
    } catch (FileFault ignored) { // no process listens there
      return NOBODY;
    }
  }

  private boolean isTrusted(int uid) {
    return uid == self.uid() || uid == ROOT;
  }

  /** The user of a process, -1 if it is gone or hidden. */
  int ownerOf(int pid) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, "/proc/" + pid);
      return found == null ? -1 : found.uid();
    } catch (FileFault ignored) { // it is gone
      return -1;
    }
  }
}
