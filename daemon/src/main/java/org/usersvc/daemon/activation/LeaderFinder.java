package org.usersvc.daemon.activation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LocalSockets;
import org.usersvc.daemon.files.ProcessEnvironment;
import org.usersvc.daemon.files.ProcessStat;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.NativeText;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.session.Displays;
import org.usersvc.daemon.session.Session;

/**
 * Finds the process that leads a session: the one that serves its display. (A parent proves
 * nothing: sway forks twice for a program.) If that server cannot be seen, the leader is the first
 * process with that display among the registrant's ancestors, else its parent. <b>Loop thread
 * only.</b>
 */
final class LeaderFinder {
  private static final String DISPLAY = "DISPLAY";
  private static final List<String> OF_LOGINS =
      List.of("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "XDG_SESSION_ID", "XDG_VTNR");
  private static final int MOST_NAME = 4096;
  private static final int MOST_ARGUMENTS = 64 * 1024;
  private static final int MOST_ANCESTORS = 64;

  private final FileSystem files;
  private final Self self;
  private final DisplayServers servers;

  /**
   * The processes that a session would depend on.
   *
   * @param leader 0 if no process could lead it
   * @param companion another process whose end ends it, 0 for none; needed as an X server outlives
   *     sessions
   * @param variables without those of other displays
   * @param outer the process that serves the display in which this one is shown; 0 if unknown
   */
  record Leadership(int leader, int companion, Environment variables, int outer) {}

  LeaderFinder(FileSystem files, LocalSockets sockets, Messages messages, Self self) {
    this.files = files;
    this.self = self;
    this.servers = new DisplayServers(files, sockets, messages, self);
  }

  DisplayServers servers() {
    return servers;
  }

  /** Finds the leader by the variables and the registrant, whose pid is 0 if unknown. */
  Leadership of(Environment variables, int registrant) {
    String display = variables.value(DISPLAY);
    int wayland = servers.ofWayland(variables);
    boolean own = wayland > 0 && servers.isReservedBy(wayland, display);
    int x = own ? wayland : servers.ofX(display);
    int first = registrant == 0 ? 0 : firstOf(display, registrant);
    if (wayland > 0 && x > 0 && x != wayland && !isPartOf(wayland, x, display)) {
      return new Leadership(x, first, withoutWayland(variables), wayland);
    }
    if (wayland > 0) {
      return new Leadership(wayland, 0, variables, 0);
    }
    if (x > 0) {
      return new Leadership(x, first, variables, 0);
    }
    int parent = first != 0 || registrant == 0 ? first : parentOf(registrant);
    boolean isServed = wayland == DisplayServers.UNSEEN || x == DisplayServers.UNSEEN;
    return new Leadership(parent == 0 && isServed ? self.pid() : parent, 0, variables, 0);
  }

  /** Whether the X server belongs to the compositor, or shows the compositor. */
  private boolean isPartOf(int wayland, int x, @Nullable String display) {
    String command = commandOf(x);
    boolean isXwayland =
        command.startsWith("xwayland-sat")
            || (command.startsWith("Xwayland") && argumentsOf(x).contains("\0-rootless\0"));
    return isXwayland || Displays.areSame(display, knownOf(wayland).value(DISPLAY));
  }

  private static Environment withoutWayland(Environment variables) {
    return variables
        .without(Session.belongingTo("WAYLAND_DISPLAY"))
        .without(Set.of("WAYLAND_DISPLAY"));
  }

  /** The first process with that display among the ancestors, 0 if there is none. */
  private int firstOf(@Nullable String display, int registrant) {
    int first = 0;
    int pid = parentOf(registrant);
    for (int i = 0; i < MOST_ANCESTORS && pid != 0; i++) {
      if (pid == self.pid()) {
        return 0; // the ancestor is a service, no program of a session
      }
      if (!Displays.areSame(display, knownOf(pid).value(DISPLAY))) {
        return first;
      }
      first = pid;
      pid = parentOf(pid);
    }
    return first;
  }

  /** The daemon's child in whose process session the process is, 0 if there is none. */
  int serviceOf(int pid) {
    var stat = ProcessStat.of(files, pid);
    if (stat == null || stat.session() == pid || stat.session() == 0) {
      return 0;
    }
    var service = ProcessStat.of(files, stat.session());
    return service != null && service.parent() == self.pid() ? stat.session() : 0;
  }

  /** The nearest ancestor of a process that is not pid 1, 0 if there is none. */
  int parentOf(int pid) {
    var stat = ProcessStat.of(files, pid);
    return stat == null || stat.parent() == 1 ? 0 : stat.parent();
  }

  /** Whether variables are those of a login, or of a display that is another machine's. */
  static boolean isOfLogin(Environment variables) {
    return OF_LOGINS.stream().anyMatch(name -> variables.value(name) != null)
        || Displays.isRemote(variables.value(DISPLAY));
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

  private String argumentsOf(int pid) {
    try {
      String path = "/proc/" + pid + "/cmdline";
      return NativeText.decode(files.read(FileSystem.ABSOLUTE, path, MOST_ARGUMENTS));
    } catch (FileFault ignored) { // it is gone
      return "";
    }
  }

  /**
   * The environment that a process was started with.
   *
   * @throws FileFault if the process is gone, or another user's
   */
  Environment environmentOf(int pid) throws FileFault {
    return ProcessEnvironment.of(files, pid);
  }

  /** The same; empty if the process is gone, or another user's. */
  Environment knownOf(int pid) {
    try {
      return environmentOf(pid);
    } catch (FileFault ignored) {
      return Environment.EMPTY;
    }
  }
}
