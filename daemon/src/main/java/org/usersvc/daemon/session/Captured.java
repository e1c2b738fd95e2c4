package org.usersvc.daemon.session;

import java.util.List;

/** The variables that a registration takes from its registrant if it names none. */
public final class Captured {
  public static final List<String> NAMES =
      List.of(
          "DISPLAY",
          "WAYLAND_DISPLAY",
          "XAUTHORITY",
          "DBUS_SESSION_BUS_ADDRESS",
          "XDG_CURRENT_DESKTOP",
          "XDG_SESSION_TYPE",
          "XDG_SESSION_ID",
          "XDG_SESSION_DESKTOP",
          "XDG_SEAT",
          "XDG_VTNR",
          "SWAYSOCK",
          "I3SOCK",
          "HYPRLAND_INSTANCE_SIGNATURE",
          "NIRI_SOCKET",
          "SSH_AUTH_SOCK",
          "XCURSOR_THEME",
          "XCURSOR_SIZE");

  private Captured() {}
}
