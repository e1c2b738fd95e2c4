package org.usersvc.daemon.activation;

import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.platform.Messages;
import org.usersvc.daemon.session.Captured;

/** Registers the session within which the daemon was started, if any. <b>Loop thread only.</b> */
final class OwnSession {
  private final Self self;
  private final Placement placement;
  private final Messages messages;

  OwnSession(Self self, Placement placement, Messages messages) {
    this.self = self;
    this.placement = placement;
    this.messages = messages;
  }

  void register(Sessions sessions) {
    var own = self.environment().filled(Captured.NAMES);
    if (own.isEmpty()) {
      return;
    }
    var registration = new Registration(Environment.of(own), "usersvcd", 0, self.pid());
    if (isOfBusAlone()) { // the helper of the bus that has started this program ends soon
      registration = registration.ledBy(self.pid());
    }
    var place = placement.of(registration);
    if (!place.leader().isNone()) {
      enter(sessions, registration, place);
    } else if (LeaderFinder.isOfLogin(self.environment())) {
      String names = String.join(" ", own.keySet());
      messages.warn(names + " are of a login that has ended, leaving them out");
    } else {
      var byItself = registration.ledBy(self.pid());
      enter(sessions, byItself, placement.of(byItself));
    }
  }

  private boolean isOfBusAlone() {
    var own = self.environment();
    return !LeaderFinder.isOfLogin(own)
        && own.value("DISPLAY") == null
        && own.value("WAYLAND_DISPLAY") == null;
  }

  private static void enter(Sessions sessions, Registration registration, Placement.Place place) {
    var known = sessions.ofLeader(place.leader().pid());
    if (known == null || !known.with(place.variables().variables()).equals(known)) {
      sessions.enter(registration, place);
    }
  }
}
