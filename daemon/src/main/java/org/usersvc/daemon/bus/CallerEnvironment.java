package org.usersvc.daemon.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.activation.Activation;
import org.usersvc.daemon.activation.Fit;
import org.usersvc.daemon.activation.Outcome;
import org.usersvc.daemon.activation.Registration;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.extension.Host.Origin;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.session.Session;

/**
 * Changes of the environment by D-Bus callers that name no session. Set variables belong to the
 * session of the display that they name, else to that of the caller's display, else to that of the
 * bus of the call, else to none, and stay. Unset variables are removed from the caller's session,
 * from the sessions of its bus that have no display, and from those without a session. <b>Loop
 * thread only.</b>
 */
public final class CallerEnvironment {
  private static final int OF_NONE = -1;

  private final BusIdentity keys;
  private final Sessions sessions;
  private final Activation activation;
  private final Messages messages;

  public CallerEnvironment(
      BusIdentity keys, Sessions sessions, Activation activation, Messages messages) {
    this.keys = keys;
    this.sessions = sessions;
    this.activation = activation;
    this.messages = messages;
  }

  /**
   * Sets variables; logs those that are refused, and sets the others. A desktop that a service has
   * started gives back all of its own; what that service has for itself is left out.
   */
  public Outcome set(Origin origin, Map<String, String> given) {
    var fit = Fit.ofAnother(given);
    fit.complaints().forEach(complaint -> messages.warn("D-Bus: " + complaint));
    if (fit.variables().isEmpty()) {
      return fit.refusesAll() ? fit.refusals().getFirst() : new Outcome.Changed();
    }
    int leader = leader(origin, Environment.of(fit.variables()));
    if (leader == OF_NONE) {
      return activation.set(fit.variables());
    }
    var variables = new LinkedHashMap<>(fit.variables());
    if (origin.link().isBus()) {
      variables.putIfAbsent(Session.BUS, origin.link().address());
    }
    return sessions.register(
        new Registration(Environment.of(variables), "", leader, origin.caller()));
  }

  /**
   * Unsets variables.
   *
   * @param unset names, and assignments, which unset a variable only if it has that value
   * @param except these names are not unset
   */
  public Outcome unset(Origin origin, List<String> unset, Map<String, String> except) {
    var names = new ArrayList<String>();
    var own = unset.isEmpty() ? null : sessionOf(origin);
    var current = activation.current();
    for (String each : unset) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      String brought = own == null ? null : own.variables().value(name);
      String value = brought == null ? current.value(name) : brought;
      boolean isMeant = equals < 0 || each.substring(equals + 1).equals(value);
      if (isMeant && !except.containsKey(name)) {
        names.add(name);
      }
    }
    return names.isEmpty()
        ? new Outcome.Changed()
        : activation.unset(names, own, withoutDisplay(origin, own));
  }

  /** The sessions of the caller's bus that are no desktops, but for one. */
  private List<Session> withoutDisplay(Origin origin, @Nullable Session own) {
    return ofBus(origin).stream()
        .filter(session -> !session.isGraphical() && !session.equals(own))
        .toList();
  }

  private List<Session> ofBus(Origin origin) {
    if (origin.link().isBus()) {
      return keys.sessionsOf(origin.link());
    }
    try {
      String address = sessions.environmentOf(origin.caller()).value(Session.BUS);
      return address == null ? List.of() : keys.sessionsOf(keys.of(address));
    } catch (FileFault ignored) { // the caller is gone, or another user's
      return List.of();
    }
  }

  /**
   * The caller's session, else that of the bus which {@link #set} takes; null if the bus has
   * several sessions.
   */
  private @Nullable Session sessionOf(Origin origin) {
    var own = origin.isBus() ? null : sessions.ofProcess(origin.caller());
    var ofBus = keys.sessionsOf(origin.link());
    if (own != null || ofBus.isEmpty()) {
      return own;
    }
    int bus = origin.link().peerPid();
    long others = ofBus.stream().filter(session -> session.leader().pid() != bus).count();
    return others > 1 ? null : lastDesktop(ofBus);
  }

  /**
   * The leader of the session that the variables belong to.
   *
   * @return 0 if they decide it themselves, {@link #OF_NONE} if they belong to no session
   */
  private int leader(Origin origin, Environment set) {
    boolean namesDisplay = set.value("WAYLAND_DISPLAY") != null || set.value("DISPLAY") != null;
    if (namesDisplay && (!origin.isBus() || sessions.leaderOf(set, 0) != 0)) {
      return 0;
    }
    int leader = origin.isBus() ? 0 : leaderOfDisplay(origin.caller());
    if (leader != 0) {
      return leader;
    }
    var ofBus = keys.sessionsOf(origin.link());
    if (!ofBus.isEmpty()) {
      return lastDesktop(ofBus).leader().pid();
    }
    return origin.isBus() ? origin.caller() : OF_NONE;
  }

  /** The last session with a display; the last of all if none has one. */
  private static Session lastDesktop(List<Session> sessions) {
    var desktops = sessions.stream().filter(Session::isGraphical).toList();
    return (desktops.isEmpty() ? sessions : desktops).getLast();
  }

  private int leaderOfDisplay(int caller) {
    try {
      int behind = sessions.leaderOf(sessions.environmentOf(caller), 0);
      var shown = behind == 0 ? sessions.ofDisplay(caller) : null;
      return shown == null ? behind : shown.leader().pid();
    } catch (FileFault ignored) { // the caller is gone, or another user's
      return 0;
    }
  }
}
