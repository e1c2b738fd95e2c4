package org.usersvc.daemon.environment;

import java.util.Collection;
import java.util.List;
import org.usersvc.daemon.model.Environment;

/**
 * The base environment: the daemon's own, without the variables of the shell or the service manager
 * that has started it, of a login, and of a session.
 */
public final class BaseEnvironment {
  private static final List<String> STARTERS =
      List.of(
          "_",
          "OLDPWD",
          "PWD",
          "SHLVL",
          "WINDOWID",
          "SYSTEMD_EXEC_PID",
          "DBUS_STARTER_ADDRESS",
          "DBUS_STARTER_BUS_TYPE",
          "SSH_CONNECTION",
          "SSH_CLIENT",
          "SSH_TTY",
          "SSH_ORIGINAL_COMMAND",
          "SSH_USER_AUTH",
          "SSH_AGENT_PID",
          "XDG_SESSION_CLASS",
          "XDG_SESSION_PATH",
          "XDG_SEAT_PATH",
          "XDG_ACTIVATION_TOKEN",
          "DESKTOP_STARTUP_ID",
          "WAYLAND_SOCKET",
          "GPG_TTY",
          "TMUX",
          "TMUX_PANE",
          "STY",
          "WINDOW");

  private BaseEnvironment() {}

  /**
   * Cleans an inherited environment.
   *
   * @param sessions the variables that belong to sessions
   */
  public static Environment of(Environment inherited, Collection<String> sessions) {
    return inherited.without(OfOneService.NAMES).without(STARTERS).without(sessions);
  }
}
