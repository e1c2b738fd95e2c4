package org.usersvc.daemon.supervise;

import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Wanted;

/** The supervise/ of one process: what clients find there, and the letters that they leave. */
final class StatusFiles {
  private final Supervised owner;
  private final Letters letters;
  private final Platform platform;
  private ControlFiles control;
  private boolean closed;
  private boolean lost;
  private boolean doubted;

  StatusFiles(Supervised owner, ControlFiles control, Letters letters, Platform platform) {
    this.owner = owner;
    this.control = control;
    this.letters = letters;
    this.platform = platform;
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
    boolean told = lost;
    try {
      tryToWrite();
    } catch (FileFault fault) {
      boolean news = control.isBesideService() || platform.runtime().failed();
      if (!told && news) {
        warn(fault.getMessage() + "; sv sees an old status");
      }
    }
  }

  private void tryToWrite() throws FileFault {
    lost = true;
    if (doubted) {
      recover();
    }
    if (!control.take()) {
      giveWay();
      lost = false;
      return;
    }
    if (!control.isOpen()) {
      control.openControl();
      letters.listen();
    }
    control.write(owner.status());
    lost = false;
  }

  /** All of it may have gone: it is looked at before the next status is written. */
  void doubt() {
    doubted = true;
  }

  private void recover() throws FileFault {
    control.doubt();
    if (control.lost()) {
      letters.stopListening();
      control.forget();
    } else if (isOpen() && control.broken()) {
      renewFifos();
    }
    doubted = false;
  }

  /** Writes what could not be written. */
  void settle() throws FileFault {
    if (lost && !closed) {
      tryToWrite();
    }
  }

  private void warn(String complaint) {
    platform.messages().warn(owner.name() + ": " + complaint);
  }

  /** Another supervisor has started the service between our start and our lock. */
  private void giveWay() {
    if (owner.state().wanted() != Wanted.REMOVED) {
      warn("another supervisor has come first, stopping ours");
      owner.service().stop();
    }
  }

  /** Makes it if there was no room, and FIFOs that somebody has removed or replaced. */
  void repair() throws FileFault {
    if (!isOpen()) {
      write();
    } else if (control.broken()) {
      warn("the FIFOs in its supervise/ were tampered with, they are made anew");
      renewFifos();
    }
  }

  private void renewFifos() throws FileFault {
    int fresh = control.makeAnew();
    letters.stopListening();
    control.adopt(fresh);
    letters.listen();
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
