package org.usersvc.daemon.session;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Environment;

/**
 * One session of the user. Immutable.
 *
 * @param id counts from 1 and is never used again while the daemon runs
 * @param name given by the registrant, printable; may be empty
 * @param variables its variables, in the order of their registration
 * @param since when it was registered first
 */
public record Session(
    int id, String name, Leader leader, Environment variables, Instant since, Standing standing) {
  /** The variable that holds the address of its bus. */
  public static final String BUS = "DBUS_SESSION_BUS_ADDRESS";

  /** Whether its leader has logged in. */
  public boolean login() {
    return standing.login();
  }

  /** Whether it has a display. The variables of such a session precede those of others. */
  public boolean isGraphical() {
    return brings("WAYLAND_DISPLAY") || brings("DISPLAY");
  }

  /** Whether its only display is another machine's, and was not named explicitly. */
  public boolean isRemote() {
    return !standing.named()
        && !brings("WAYLAND_DISPLAY")
        && Displays.isRemote(variables.value("DISPLAY"));
  }

  /** {@code wayland}, {@code x11}, {@code tty}, or {@code bus} if it brings nothing but a bus. */
  public String kind() {
    if (brings("WAYLAND_DISPLAY")) {
      return "wayland";
    }
    if (brings("DISPLAY")) {
      return "x11";
    }
    boolean isBus = brings(BUS) && variables.variables().size() == 1;
    return isBus && !login() ? "bus" : "tty";
  }

  /** The address of its bus, null if it has none or has lost it. */
  public @Nullable String bus() {
    return brings(BUS) ? variables.value(BUS) : null;
  }

  /** Whether it has a nonempty value for the variable. */
  public boolean brings(String variable) {
    return variables.has(variable);
  }

  /** Names of variables that describe the display which that one names. */
  public static Set<String> belongingTo(String display) {
    return Precedence.belongingTo(display);
  }

  /** The same with these variables set. */
  public Session with(Map<String, String> added) {
    var next = added.containsKey(BUS) ? standing.withLostBus("") : standing;
    return new Session(id, name, leader, variables.with(added), since, next);
  }

  /** The same without these variables. */
  public Session without(Collection<String> names) {
    return new Session(id, name, leader, variables.without(names), since, standing);
  }

  /** The same under another name. */
  public Session named(String next) {
    return new Session(id, next, leader, variables, since, standing);
  }

  /** The same with another standing. */
  public Session standing(Standing next) {
    return new Session(id, name, leader, variables, since, next);
  }

  /** The same without its bus, which has gone. */
  public Session withoutBus() {
    String address = bus();
    return address == null ? this : without(Set.of(BUS)).standing(standing.withLostBus(address));
  }

  /** The same with the bus that had gone. */
  public Session backOnBus() {
    return standing.lostBus().isEmpty() ? this : with(Map.of(BUS, standing.lostBus()));
  }

  /** The same as that of a login, which adds variables that the session lacks. */
  public Session loggedIn(String terminal, Environment brought) {
    var together = brought.with(variables.variables());
    String next = name.isEmpty() ? terminal : name;
    return new Session(id, next, leader, together, since, standing.loggedIn());
  }
}
