package org.usersvc.daemon.main;

import org.usersvc.daemon.activation.Remembrance;
import org.usersvc.daemon.adopt.Memory;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.os.SelfProcess;
import org.usersvc.daemon.state.Header;
import org.usersvc.daemon.state.Recollection;
import org.usersvc.daemon.state.StateFile;

/** What one daemon knows from the one before it. <b>Loop thread only.</b> */
final class Continuity {
  private final Ground ground;
  private final Supervision supervision;
  private final StateFile state;
  private final LastEnd lastEnd;
  private final Memory memory;
  private final Remembrance remembrance;

  /** With what the runtime directory of the instance is called. */
  Continuity(Ground ground, Supervision supervision, String instance) {
    this.ground = ground;
    this.supervision = supervision;
    var files = ground.files();
    var header = Header.of(files, SelfProcess.pid());
    String path = ground.places().runtime().path() + "/state";
    this.state = new StateFile(files, path, header, ground::warnOfRuntime);
    this.lastEnd = new LastEnd(files, ground.places().state(), instance);
    this.memory = new Memory(ground.platform(), state);
    this.remembrance =
        new Remembrance(files, state, supervision.sessions(), supervision.activation());
  }

  /**
   * Takes over what an earlier daemon has left that did not come to its end, and leaves the same to
   * the next from now on.
   *
   * @return whether there was one
   */
  boolean begin(Endings endings) {
    endings.add(lastEnd::note);
    boolean unended = lastEnd.isMissing();
    endings.add(state::delete);
    var read = state.read(SelfProcess.uid());
    var found = unended && !read.earlier() ? Recollection.LOST : read;
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
    supervision.supervisor().watch(memory);
    supervision.adoption().begin(found, SelfProcess.uid(), isReplaced, memory);
    // Before the status files: what clients are shown is known to the next daemon, too.
    ground.platform().loop().at(TurnEnd.RECORD, this::write);
    ground.places().runtime().add(state::restore);
    if (!isReplaced) { // else it has been done, and what has gone since stays away
      sessions.registerOwn();
    }
    return found.earlier();
  }

  /** Writes down all that the next one has to know; false if that is not possible. */
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
