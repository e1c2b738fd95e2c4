package org.usersvc.daemon.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/**
 * Combines the variables of sessions. For each name the newest session wins; sessions with a
 * display precede those without, and a local display precedes a remote one. A session in a window
 * of another one adds only an X display, to a desktop without one. Variables of a display or a
 * login all come from one session, and are never mixed with another's.
 */
final class Precedence {
  /** Variables that describe the display which another one names. */
  private static final Map<String, Set<String>> OF_DISPLAY =
      Map.of(
          "WAYLAND_DISPLAY", Set.of("SWAYSOCK", "HYPRLAND_INSTANCE_SIGNATURE", "NIRI_SOCKET"),
          "DISPLAY", Set.of("XAUTHORITY"));

  /** Name the desktop. */
  private static final Set<String> OF_DESKTOP = Set.of("XDG_CURRENT_DESKTOP", "I3SOCK");

  /** The rank of a display of this machine. */
  private static final int LOCAL = 2;

  private static final Set<String> GRAPHICAL_LOGINS = Set.of("wayland", "x11", "mir");

  /** In ascending precedence; without those in windows of others. */
  private final List<Session> ordered = new ArrayList<>();

  private final List<Session> windows = new ArrayList<>();
  private final boolean hasLocal;
  private final Map<String, String> together = new LinkedHashMap<>();

  /**
   * Orders sessions.
   *
   * @param sessions oldest first
   */
  Precedence(List<Session> sessions) {
    for (int rank = 0; rank <= LOCAL; rank++) {
      for (var session : sessions) {
        if (rank(session) == rank) {
          ordered.add(session);
        }
      }
    }
    sessions.stream().filter(session -> rank(session) < 0).forEach(windows::add);
    hasLocal = !ordered.isEmpty() && rank(ordered.getLast()) == LOCAL;
  }

  /** Variables that describe the display which that one names. */
  static Set<String> belongingTo(String display) {
    return OF_DISPLAY.getOrDefault(display, Set.of());
  }

  private static int rank(Session session) {
    if (!session.isGraphical()) {
      return 0;
    }
    return session.standing().outer() != 0 ? -1 : session.isRemote() ? 1 : LOCAL;
  }

  Environment variables() {
    for (var session : ordered) {
      session
          .variables()
          .variables()
          .forEach((name, value) -> {
            if (counts(name, session)) {
              together.put(name, value);
            }
          });
    }
    together.putAll(ofLogin());
    if (hasLocal) {
      windows.forEach(this::addDisplay);
    }
    return Environment.of(together);
  }

  private boolean counts(String name, Session session) {
    if (Login.VARIABLES.contains(name)) {
      return false; // all of one session, below
    }
    if (!session.isGraphical()) {
      return true;
    }
    boolean isLast = session.id() == ordered.getLast().id();
    if (OF_DESKTOP.contains(name)) {
      return isLast;
    }
    for (var display : OF_DISPLAY.entrySet()) {
      if (display.getKey().equals(name) && isOutranked(session)) {
        return false;
      }
      if (display.getValue().contains(name) && session.brings(display.getKey())) {
        return session.id() == owner(display.getKey());
      }
    }
    return true;
  }

  /** The id of the session whose display wins; 0 if there is none. */
  private int owner(String display) {
    for (var session : ordered.reversed()) {
      if (session.brings(display) && !isOutranked(session)) {
        return session.id();
      }
    }
    return 0;
  }

  private boolean isOutranked(Session session) {
    return hasLocal && session.isRemote();
  }

  private void addDisplay(Session window) {
    if (!together.containsKey("DISPLAY") && window.kind().equals("x11")) {
      var own = window.variables();
      together.put("DISPLAY", String.valueOf(own.value("DISPLAY")));
      together.remove("XAUTHORITY");
      if (window.brings("XAUTHORITY")) {
        together.put("XAUTHORITY", String.valueOf(own.value("XAUTHORITY")));
      }
    }
  }

  private Map<String, String> ofLogin() {
    Session last = null;
    for (var session : ordered) {
      boolean isDesktop = session.isGraphical() && session.id() == ordered.getLast().id();
      last = isDesktop || (!session.isGraphical() && hasLogin(session)) ? session : last;
    }
    if (last == null || !last.isGraphical()) {
      return last == null ? Map.of() : loginOf(last);
    }
    var login = loginFor(last);
    var variables = new LinkedHashMap<String, String>();
    if (login != null) {
      variables.putAll(loginOf(login));
    }
    variables.putAll(loginOf(last));
    return variables;
  }

  private static boolean hasLogin(Session session) {
    return Login.VARIABLES.stream().anyMatch(session::brings);
  }

  private static Map<String, String> loginOf(Session session) {
    var variables = new LinkedHashMap<>(session.variables().variables());
    variables.keySet().retainAll(Login.VARIABLES);
    return variables;
  }

  /** The login in which a desktop was started; null if unknown. */
  private @Nullable Session loginFor(Session desktop) {
    Session best = null;
    for (var session : ordered) {
      if (!session.isGraphical() && hasLogin(session)) {
        boolean isIt = desktop.brings("XDG_SESSION_ID") || likelihood(session) > 0;
        if (isIt && !contradict(session, desktop) && likelihood(session) >= likelihood(best)) {
          best = session;
        }
      }
    }
    return best;
  }

  /** Whether they cannot be of one login: only its type may have changed. */
  private static boolean contradict(Session login, Session desktop) {
    if (desktop.brings("XDG_SESSION_ID") && !login.brings("XDG_SESSION_ID")) {
      return true;
    }
    for (String name : List.of("XDG_SESSION_ID", "XDG_SEAT", "XDG_VTNR")) {
      if (login.brings(name)
          && desktop.brings(name)
          && !String.valueOf(login.variables().value(name))
              .equals(desktop.variables().value(name))) {
        return true;
      }
    }
    return false;
  }

  /** How likely a desktop was started in it: an ssh login has no seat. */
  private static int likelihood(@Nullable Session login) {
    if (login == null) {
      return 0;
    }
    String type = login.variables().value("XDG_SESSION_TYPE");
    if (type != null && GRAPHICAL_LOGINS.contains(type)) {
      return 2;
    }
    return login.brings("XDG_SEAT") || login.brings("XDG_VTNR") ? 1 : 0;
  }
}
