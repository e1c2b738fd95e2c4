package org.usersvc.daemon.supervise;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.control.ControlFiles;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.lifecycle.Wanted;
import org.usersvc.daemon.model.Errno;
import org.usersvc.daemon.platform.Platform;
import org.usersvc.daemon.scan.WatchTable;

/** The supervise/ of one process: its status for clients, and their letters. */
final class StatusFiles {
  private final Owner owner;
  private final CommandQueue letters;
  private final Platform platform;
  private final WatchTable watchTable;
  private ControlFiles control;
  private WatchTable.@Nullable Interest removals;
  private boolean closed;
  private boolean lost;
  private boolean doubted;

  StatusFiles(
      Owner owner,
      ControlFiles control,
      CommandQueue letters,
      Platform platform,
      WatchTable watchTable) {
    this.owner = owner;
    this.control = control;
    this.letters = letters;
    this.platform = platform;
    this.watchTable = watchTable;
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
   * Updates it, or makes it first; a full disk is logged once and tried again at the next change. A
   * lack of descriptors is tried again after a while, too.
   */
  void write() {
    if (closed) {
      return;
    }
    boolean logged = lost;
    try {
      tryToWrite();
    } catch (FileFault fault) {
      boolean beside = control.isBesideService();
      if (!beside && fault.errno().is(Errno.ENOENT)) {
        doubt();
        platform.runtime().changed();
      } else if (!logged && (beside || platform.runtime().failed(fault))) {
        warn(fault.getMessage() + "; sv sees an old status");
      }
      if (beside && fault.errno().lacksResources()) {
        platform.runtime().tryAgain();
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
      letters.listen(control);
      watchRemovals();
    }
    control.write(owner.status());
    lost = false;
  }

  /** Where cleaners run, files that they remove are made anew. */
  private void watchRemovals() {
    if (control.isBesideService() || !platform.runtime().isCleaned()) {
      return;
    }
    try {
      var place = control.place();
      int directory = platform.files().openDirectory(place.at(), place.prefix());
      try {
        removals = watchTable.addForRemoval(directory, this::removed);
      } finally {
        platform.files().close(directory);
      }
    } catch (FileFault ignored) { // the next rescan notices it
      removals = null;
    }
  }

  /** Clients may read at any moment: the status is restored before all else is looked after. */
  private void removed(String name) {
    boolean news = !lost;
    lost = true;
    doubt();
    if (name.equals("status")) {
      restore();
    }
    if (news) {
      platform.runtime().changed();
    }
  }

  /** If the FIFOs are removed, too, all of supervise/ is to be removed; that is not hindered. */
  private void restore() {
    try {
      if (!closed && isOpen() && !control.broken()) {
        write();
      }
    } catch (FileFault fault) {
      platform.runtime().tryAgain();
    }
  }

  private void letGo() {
    letters.stopListening();
    if (removals != null) {
      watchTable.remove(removals);
      removals = null;
    }
  }

  /** All of it may have gone: it is checked before the next status is written. */
  void doubt() {
    doubted = true;
  }

  private void recover() throws FileFault {
    control.doubt();
    boolean broken = !isOpen() || control.broken();
    if (control.lost() && (broken || !control.lockAnew())) {
      letGo();
      control.forget();
    } else if (isOpen() && broken) {
      if (control.replaced()) {
        logTampering();
      }
      renewFifos();
    }
    doubted = false;
  }

  /** Makes it anew if clients do not find it. */
  void check() {
    try {
      if (!closed && (control.lost() || (isOpen() && control.broken()))) {
        doubt();
        write();
      }
    } catch (FileFault fault) {
      lost = true;
      platform.runtime().tryAgain();
    }
  }

  /**
   * Writes files that could not be written before.
   *
   * @throws FileFault if the runtime directory is to blame
   */
  void settle() throws FileFault {
    if (lost && !closed) {
      if (control.isBesideService()) {
        write();
      } else {
        tryToWrite();
      }
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

  /** Makes it if there was no room, and FIFOs that were removed or replaced. */
  void repair() throws FileFault {
    if (!isOpen()) {
      write();
    } else if (control.broken()) {
      logTampering();
      renewFifos();
    }
  }

  private void logTampering() {
    warn("the FIFOs in its supervise/ were tampered with, they are made anew");
  }

  private void renewFifos() throws FileFault {
    int fresh = control.makeAnew();
    letters.stopListening();
    control.use(fresh);
    letters.listen(control);
  }

  /**
   * Whether clients that look for supervise in the service directory do not get here. What cannot
   * be examined counts as right.
   */
  boolean isCutOff() {
    try {
      int directory = owner.directory().descriptor();
      return !closed && isOpen() && !control.isReachedFrom(directory);
    } catch (FileFault ignored) { // a rescan tells of it
      return false;
    }
  }

  /** Takes another one in place of one that was removed. */
  void replace(ControlFiles fresh) {
    letGo();
    control.close();
    control = fresh;
    write();
  }

  /** Writes the last status and releases it. */
  void close() {
    if (isOpen()) {
      write();
    }
    closed = true;
    letGo();
    control.close();
  }
}
