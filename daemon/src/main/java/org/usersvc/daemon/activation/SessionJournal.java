package org.usersvc.daemon.activation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.usersvc.daemon.files.FileSystem;
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
    for (int gone : Set.copyOf(leaders.keySet())) {
      if (sessions.find(gone) == null) {
        leaders.remove(gone);
        file.removeSession(gone);
      }
    }
    for (var session : sessions.all()) {
      var leader =
          leaders.computeIfAbsent(
              session.id(), ignored -> ProcessIdentity.of(files, session.leader().pid()));
      file.put(new RecordedSession(session, leader, sessions.companionOf(session.id())));
    }
    file.put(activation.byHand(), sessions.lastId());
  }
}
