package org.usersvc.daemon.render;

import org.usersvc.daemon.view.ServiceView;

/** What has to come before a service starts that waits for no other service. */
public final class WaitLine {
  private static final String DISPLAY = "DISPLAY";
  private static final String LOGIN = "a login";
  private static final String REGISTER = " (in sway: exec usersvc session register)";

  private WaitLine() {}

  /**
   * {@code when a session brings WAYLAND_DISPLAY (in sway: exec usersvc session register)}; empty
   * if it does not wait, or for something else.
   */
  public static String of(ServiceView view) {
    if (!view.state().equals("waiting") || view.obstacle() != null) {
      return "";
    }
    var missing = view.missing();
    if (!missing.isEmpty()) {
      String names = String.join(", ", missing);
      return names.contains(DISPLAY)
          ? "when a session brings " + names + REGISTER
          : "when there is " + names + " (usersvc env set NAME=VALUE gives it)";
    }
    boolean login = view.waitsFor().contains(LOGIN);
    return login ? "when you log in" : "";
  }
}
