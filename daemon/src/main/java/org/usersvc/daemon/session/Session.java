package org.usersvc.daemon.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/**
 * One session of the user. Immutable.
 *
 * @param id counts from 1 and is never used again while the daemon runs
 * @param name what the registrant calls it, printable; may be empty
 * @param variables what it brings, in the order in which it was brought
 * @param since when it was registered first
 * @param login whether its leader has logged in: it ends at the logout, too
 */
public record Session(
    int id, String name, Leader leader, Environment variables, Instant since, boolean login) {
  /** The variable that holds the address of its bus. */
  public static final String BUS = "DBUS_SESSION_BUS_ADDRESS";

  /** Whether it has a display. The variables of such a session count before those of others. */
  public boolean isGraphical() {
    return value("WAYLAND_DISPLAY") != null || value("DISPLAY") != null;
  }

  /** {@code wayland}, {@code x11} or {@code tty}. */
  public String kind() {
    if (value("WAYLAND_DISPLAY") != null) {
      return "wayland";
    }
    return value("DISPLAY") != null ? "x11" : "tty";
  }

  /** The address of its bus, null if it has none. */
  public @Nullable String bus() {
    return value(BUS);
  }

  private @Nullable String value(String name) {
    String value = variables.value(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** The same with changed variables; a null value takes one away. */
  public Session with(Map<String, ? extends @Nullable String> changes) {
    return new Session(
        id, name, leader, variables.with(new LinkedHashMap<>(changes)), since, login);
  }

  /** The same under another name. */
  public Session named(String next) {
    return new Session(id, next, leader, variables, since, login);
  }

  /** The same as that of a login, which brings what the session lacks of these. */
  public Session loggedIn(String terminal, Environment brought) {
    var together = brought.with(new LinkedHashMap<>(variables.variables()));
    return new Session(id, name.isEmpty() ? terminal : name, leader, together, since, true);
  }
}
