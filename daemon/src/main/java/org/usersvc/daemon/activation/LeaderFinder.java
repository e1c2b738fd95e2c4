package org.usersvc.daemon.activation;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.files.ProcessEnvironment;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;

/**
 * Finds the process that leads a session: the one that listens at its Wayland or X socket, as the
 * kernel tells it. (A parent says nothing: sway forks what it executes twice.) <b>Loop thread
 * only.</b>
 */
final class LeaderFinder {
  private static final Pattern LOCAL_DISPLAY = Pattern.compile("(?:unix)?:([0-9]+)(?:\\.[0-9]+)?");
  private static final int MOST_NAME = 4096;

  private final FileSystem files;
  private final LocalSockets sockets;

  LeaderFinder(FileSystem files, LocalSockets sockets) {
    this.files = files;
    this.sockets = sockets;
  }

  /** The process behind the display that the variables name, 0 if there is none. */
  int behindDisplay(Environment variables, Environment fallback) {
    int wayland = behind(waylandSockets(variables, fallback));
    return wayland == 0 ? behind(xSockets(variables.value("DISPLAY"))) : wayland;
  }

  private static List<String> waylandSockets(Environment variables, Environment fallback) {
    String display = variables.value("WAYLAND_DISPLAY");
    if (display == null || display.isEmpty()) {
      return List.of();
    }
    String own = variables.value("XDG_RUNTIME_DIR");
    String directory = own == null ? fallback.value("XDG_RUNTIME_DIR") : own;
    return display.startsWith("/") ? List.of(display) : List.of(directory + "/" + display);
  }

  private static List<String> xSockets(@Nullable String display) {
    var local = LOCAL_DISPLAY.matcher(display == null ? "" : display);
    if (!local.matches()) {
      return List.of();
    }
    String path = "/tmp/.X11-unix/X" + local.group(1);
    return List.of("\0" + path, path);
  }

  private int behind(List<String> names) {
    for (String name : names) {
      int pid = listenerOf(name);
      if (pid != 0) {
        return pid;
      }
    }
    return 0;
  }

  private int listenerOf(String socket) {
    try {
      int connection = sockets.connect(socket);
      try {
        return sockets.peer(connection).pid();
      } finally {
        files.close(connection);
      }
    } catch (FileFault ignored) { // nobody listens there
      return 0;
    }
  }

  /** The nearest ancestor of a process that is not pid 1, 0 if there is none. */
  int parentOf(int pid) {
    var stat = ProcessStat.of(files, pid);
    return stat == null || stat.parent() == 1 ? 0 : stat.parent();
  }

  /** The name of a program, printable; empty if the process is gone. */
  String commandOf(int pid) {
    try {
      byte[] name = files.read(FileSystem.ABSOLUTE, "/proc/" + pid + "/comm", MOST_NAME);
      return NativeText.printable(NativeText.decode(name).stripTrailing());
    } catch (FileFault ignored) { // it is gone
      return "";
    }
  }

  /**
   * What a process was started with.
   *
   * @throws FileFault if it is gone, or another user's
   */
  Environment environmentOf(int pid) throws FileFault {
    return ProcessEnvironment.of(files, pid);
  }

  /** Whose process it is, -1 if it is gone. */
  int ownerOf(int pid) {
    try {
      var found = files.stat(FileSystem.ABSOLUTE, "/proc/" + pid);
      return found == null ? -1 : found.uid();
    } catch (FileFault ignored) { // it is gone
      return -1;
    }
  }
}
