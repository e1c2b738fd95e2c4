package org.usersvc.daemon.supervise;

import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Wanted;

/** The supervise/ of one process: what clients find there, and the letters that they leave. */
final class StatusFiles {
  private final Supervised owner;
  private final Letters letters;
  private final Messages messages;
  private ControlFiles control;
  private boolean closed;
  private boolean lost;

  StatusFiles(Supervised owner, ControlFiles control, Letters letters, Messages messages) {
    this.owner = owner;
    this.control = control;
    this.letters = letters;
    this.messages = messages;
  }

  ControlFiles control() {
    return control;
  }

  /** Whether clients find it. */
  boolean isOpen() {
    return control.isOpen();
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Brings it up to date, and makes it at first; a full disk is told once and tried again at the
   * next change.
   */
  void write() {
    if (closed) {
      return;
    }
    try {
      if (!control.take()) {
        giveWay();
        return;
      }
      if (!control.isOpen()) {
        control.openControl();
        letters.listen();
      }
      control.write(owner.status());
      lost = false;
    } catch (FileFault fault) {
      if (!lost) {
        messages.warn(owner.name() + ": " + fault.getMessage() + "; sv sees an old status");
      }
      lost = true;
    }
  }

  /** Another supervisor has started the service between our start and our lock. */
  private void giveWay() {
    if (owner.state().wanted() != Wanted.REMOVED) {
      messages.warn(owner.name() + ": another supervisor has come first, stopping ours");
      owner.service().stop();
    }
  }

  /** Makes it if there was no room, and FIFOs that somebody has removed or replaced. */
  void repair() throws FileFault {
    if (!isOpen()) {
      write();
    } else if (control.broken()) {
      messages.warn(
          owner.name() + ": the FIFOs in its supervise/ were tampered with, they are made anew");
      int fresh = control.makeAnew();
      letters.stopListening();
      control.adopt(fresh);
      letters.listen();
    }
  }

  /** Takes another one in place of one that was removed. */
  void replace(ControlFiles fresh) {
    letters.stopListening();
    control.close();
    control = fresh;
    write();
  }

  /** Writes the last status and lets go of it. */
  void close() {
    if (isOpen()) {
      write();
    }
    closed = true;
    letters.stopListening();
    control.close();
  }
}
