package org.usersvc.daemon.main;

import org.usersvc.daemon.activation.SessionJournal;
import org.usersvc.daemon.adopt.ProcessJournal;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.state.Header;
import org.usersvc.daemon.state.PreviousState;
import org.usersvc.daemon.state.StateFile;

/** Takes over an earlier daemon's state, and keeps it for the next one. <b>Loop thread only.</b> */
final class Continuity {
  private final Ground ground;
  private final Supervision supervision;
  private final StateFile state;
  private final LastEnd lastEnd;
  private final ProcessJournal memory;
  private final SessionJournal remembrance;

  /** Takes the name of the instance's runtime directory. */
  Continuity(Ground ground, Supervision supervision, String instance) {
    this.ground = ground;
    this.supervision = supervision;
    var files = ground.files();
    var header = Header.of(files, SelfProcess.pid());
    String path = ground.places().runtime().path() + "/state";
    this.state = new StateFile(files, path, header, ground::warnOfRuntime);
    this.lastEnd = new LastEnd(files, ground.places().state(), instance);
    this.memory = new ProcessJournal(ground.platform(), state);
    this.remembrance =
        new SessionJournal(files, state, supervision.sessions(), supervision.activation());
  }

  /**
   * Takes over the state of an earlier daemon without a regular end, and begins the record for the
   * next one.
   *
   * @return whether there was such a daemon
   */
  boolean begin(Endings endings) {
    endings.add(lastEnd::note);
    boolean unended = lastEnd.isMissing();
    endings.add(state::delete);
    var read = state.read(SelfProcess.uid());
    var found = unended && !read.earlier() ? PreviousState.LOST : read;
    var sessions = supervision.sessions();
    sessions.restore(found.sessions(), found.lastSession());
    if (!supervision.activation().restore(found.byHand())) {
      ground
          .platform()
          .messages()
          .warn("what was set by usersvc env has more than 1 MiB, forgetting it");
    }
    memory.recall(found.processes());
    boolean isReplaced = ground.handover() != null;
    supervision.supervisor().watchProcesses(memory);
    supervision.adoption().begin(found, SelfProcess.uid(), isReplaced, memory);
    // Before the status files: the next daemon must know all that clients are shown.
    ground.platform().loop().at(TurnEnd.RECORD, this::write);
    ground.places().runtime().add(state::restore);
    if (!isReplaced) { // else it was registered before, and must not come back if it has ended
      sessions.registerOwn();
    }
    return found.earlier();
  }

  /** The file that the next daemon reads. */
  StateFile state() {
    return state;
  }

  /** Writes the record for the next daemon; false if that is not possible. */
  boolean isWritten() {
    write();
    return state.isWritten();
  }

  private void write() {
    memory.write();
    remembrance.write();
    state.flush();
  }
}
