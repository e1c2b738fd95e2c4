package org.usersvc.daemon.bus;

import java.util.LinkedHashMap;
import java.util.Map;
import org.usersvc.daemon.activation.Sessions;
import org.usersvc.daemon.session.Session;

/** Notifies the publisher of sessions that have come, changed or gone. <b>Loop thread only.</b> */
public final class SessionChanges {
  private final Map<Integer, Session> known = new LinkedHashMap<>();
  private final Sessions sessions;
  private final Publisher publisher;

  public SessionChanges(Sessions sessions, Publisher publisher) {
    this.sessions = sessions;
    this.publisher = publisher;
  }

  /** Begins to notify. */
  public void begin() {
    sessions.all().forEach(session -> known.put(session.id(), session));
    sessions.onChange(this::compare);
  }

  private void compare() {
    var gone = new LinkedHashMap<>(known);
    for (var session : sessions.all()) {
      var before = known.put(session.id(), session);
      gone.remove(session.id());
      if (before == null) {
        publisher.sessionAdded(session.id());
      } else if (!before.equals(session)) {
        publisher.sessionChanged(session.id());
      }
    }
    for (int id : gone.keySet()) {
      known.remove(id);
      publisher.sessionRemoved(id);
    }
  }
}
