package org.usersvc.daemon.activation;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.session.Session;
import org.usersvc.daemon.state.ProcessIdentity;
import org.usersvc.daemon.state.RecordedSession;
import org.usersvc.daemon.state.StateFile;

/** Keeps the sessions and the changes by hand in the state file. <b>Loop thread only.</b> */
public final class SessionJournal {
  private final Map<Integer, ProcessIdentity> leaders = new HashMap<>();
  private final FileSystem files;
  private final StateFile file;
  private final Sessions sessions;
  private final Activation activation;
  private boolean changed = true;

  public SessionJournal(
      FileSystem files, StateFile file, Sessions sessions, Activation activation) {
    this.files = files;
    this.file = file;
    this.sessions = sessions;
    this.activation = activation;
    sessions.onChange(() -> changed = true);
    activation.onAsked(() -> changed = true);
  }

  /** Passes changes to the state file; to be called at the end of a turn. */
  public void write() {
    if (!changed) {
      return;
    }
    changed = false;
    var ids = sessions.all().stream().map(Session::id).collect(Collectors.toSet());
    leaders.keySet().retainAll(ids);
    file.keepSessions(ids);
    for (var session : sessions.all()) {
      var leader =
          leaders.computeIfAbsent(
              session.id(), ignored -> ProcessIdentity.of(files, session.leader().pid()));
      file.put(new RecordedSession(session, leader, sessions.companionOf(session.id())));
    }
    file.put(activation.byHand(), sessions.lastId());
  }
}
