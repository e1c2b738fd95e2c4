package org.usersvc.daemon.control;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;

/**
 * The open files of one supervise/: its lock, and the FIFOs control and ok. Clients can open ok as
 * long as the service is supervised; bytes written to it are never read. It is opened first of all,
 * so that no lack of descriptors puts a service out of reach, but gets its name when the first
 * status was written, so a client that can open it finds a status (runsv.c:507). <b>Loop thread
 * only.</b>
 */
public final class ControlFiles {
  private static final int NONE = -1;
  private static final String HIDDEN_OK = "ok.new";
  private static final int FIFO_MODE = 0600;
  private static final int STATUS_MODE = 0644;

  private final FileSystem files;
  private final Maker maker;
  private @Nullable SupervisePlace place;
  private int lock = NONE;
  private int control = NONE;
  private int ok = NONE;
  private int hiddenOk = NONE;
  private int writtenPid = NONE;

  /** Makes the place when it is needed. */
  @FunctionalInterface
  public interface Maker {
    SupervisePlace make() throws FileFault;
  }

  public ControlFiles(FileSystem files, Maker maker) {
    this.files = files;
    this.maker = maker;
  }

  /**
   * Makes the place and takes the lock, unless it has them.
   *
   * @return false if another supervisor holds it
   */
  public boolean take() throws FileFault {
    if (lock != NONE) {
      return true;
    }
    place = maker.make();
    int opened = files.openLockFile(place.at(), place.file("lock"));
    try {
      if (files.lock(opened)) {
        if (!files.isLeft(opened)) {
          files.remove(place.at(), place.file("ok"));
        }
        lock = opened;
      }
    } finally {
      if (lock == NONE) {
        files.close(opened);
      }
    }
    return lock != NONE;
  }

  /** Whether an earlier daemon has left a place, so that it may have left processes, too. */
  public boolean wasLeft() {
    return place != null && place.left();
  }

  /**
   * Replaces the link in the service directory; to be called before {@link #close}.
   *
   * @param service the open service directory
   * @param last the status that clients find there from now on
   */
  public void unlink(int service, Status last) throws FileFault {
    if (place != null && lock != NONE) {
      place.unlink(files, service, last);
    }
  }

  /** Whether {@link #openControl} has been done. */
  public boolean isOpen() {
    return control != NONE;
  }

  /** Makes and opens the FIFO for letters, and ok, which clients do not see yet. */
  public void openControl() throws FileFault {
    int fresh = fifo("control");
    try {
      if (files.isLeft(fresh)) {
        if (!differs("ok", fresh)) { // up to 0.1 ok was a second name of control
          files.remove(place().at(), place().file("ok"));
        }
        ok = fifo("ok");
      } else {
        hiddenOk = fifo(HIDDEN_OK);
      }
    } catch (FileFault fault) {
      files.close(fresh);
      throw fault;
    }
    control = fresh;
  }

  private int fifo(String name) throws FileFault {
    return files.openOwnFifo(place().at(), place().file(name), FIFO_MODE);
  }

  /** Whether clients can see that the service is supervised. */
  private boolean isAnswering() {
    return ok != NONE;
  }

  public SupervisePlace place() {
    return Objects.requireNonNull(place, "take comes first");
  }

  /** The FIFO for letters. */
  public int control() {
    return control;
  }

  /** The last status that an earlier supervisor has written. */
  public Status.Last last() {
    try {
      return place == null ? Status.Last.NONE : readLast(place);
    } catch (FileFault ignored) { // there was no earlier supervisor
      return Status.Last.NONE;
    }
  }

  private Status.Last readLast(SupervisePlace there) throws FileFault {
    byte[] text = files.read(there.at(), there.file("status"), Status.SIZE);
    var found = files.stat(there.at(), there.file("status"));
    return found == null
        ? Status.Last.NONE
        : Status.Last.of(text, Instant.ofEpochSecond(0, found.written()));
  }

  /**
   * Reads the waiting letters.
   *
   * @return how many, -1 if none
   */
  public int read(byte[] letters) throws FileFault {
    return files.read(control, letters);
  }

  /** Writes status, stat and, if it has changed, pid. Clients need only the first one. */
  public void write(Status status) throws FileFault {
    write("status", status.encode());
    try {
      write("stat", status.stat());
      int pid = status.state().phase().pidOrZero();
      if (pid != writtenPid) {
        write("pid", Status.pid(pid));
        writtenPid = pid;
      }
    } finally {
      showOk();
    }
  }

  private void showOk() throws FileFault {
    if (hiddenOk != NONE) {
      files.rename(place().at(), place().file(HIDDEN_OK), place().file("ok"));
      ok = hiddenOk;
      hiddenOk = NONE;
    }
  }

  /**
   * Writes one file. No client reads before ok is there, so a new file need not be replaced whole,
   * and one that an earlier daemon has left may be right already.
   */
  private void write(String name, byte[] content) throws FileFault {
    if (isAnswering() || !(isMade(name, content) || isThere(name, content))) {
      files.replace(place().at(), place().file(name), content, STATUS_MODE);
    }
  }

  private boolean isThere(String name, byte[] content) throws FileFault {
    byte[] found = files.read(place().at(), place().file(name), content.length + 1);
    return Arrays.equals(found, content);
  }

  private boolean isMade(String name, byte[] content) throws FileFault {
    return files.create(place().at(), place().file(name), content, STATUS_MODE);
  }

  /**
   * Whether the FIFOs on disk were removed or replaced, so that clients do not reach the service.
   */
  public boolean broken() throws FileFault {
    return differs("control", control) || (isAnswering() && differs("ok", ok));
  }

  /**
   * Whether supervise of the service directory leads to these files.
   *
   * @param service the open service directory
   */
  public boolean isReachedFrom(int service) throws FileFault {
    return place == null || (isBesideService() ? !lost() : place.isReachedFrom(files, service));
  }

  /**
   * Notes what was found, or made, in the service directory.
   *
   * @return whether that is the present place
   */
  public boolean stays(SupervisePlace found) {
    boolean same = found.isAt(place());
    place = same ? place().complaining(found.complaint()) : place;
    return same;
  }

  /** Whether the FIFOs on disk were replaced. */
  public boolean replaced() throws FileFault {
    return (isThere("control") && differs("control", control))
        || (isAnswering() && isThere("ok") && differs("ok", ok));
  }

  private boolean isThere(String name) throws FileFault {
    return files.linkStat(place().at(), place().file(name)) != null;
  }

  private boolean differs(String name, int descriptor) throws FileFault {
    var onDisk = files.linkStat(place().at(), place().file(name));
    return onDisk == null || !onDisk.id().equals(files.stat(descriptor).id());
  }

  /** Whether the lock is no longer on disk, as the directory was removed. */
  public boolean lost() throws FileFault {
    return lock != NONE && differs("lock", lock);
  }

  /**
   * Makes the lock anew beside the present FIFOs, without an effect on clients.
   *
   * @return false if another supervisor holds it
   */
  public boolean lockAnew() throws FileFault {
    int fresh = files.openLockFile(place().at(), place().file("lock"));
    boolean taken = false;
    try {
      taken = files.lock(fresh);
    } finally {
      files.close(taken ? lock : fresh);
    }
    lock = taken ? fresh : lock;
    return taken;
  }

  /** Makes the FIFOs anew and opens them; {@link #use} has to follow. */
  public int makeAnew() throws FileFault {
    int fresh = fifo("ok");
    closeOk();
    ok = fresh;
    return fifo("control");
  }

  /** Whether the place is in the service directory, and so cannot go without it. */
  public boolean isBesideService() {
    return place != null && place.at() != FileSystem.ABSOLUTE;
  }

  /** Notes that the written files may be gone. */
  public void doubt() {
    writtenPid = NONE;
  }

  /** Forgets the place, which has gone with its files: {@link #take} makes another one. */
  public void forget() {
    close();
    place = null;
    lock = NONE;
    control = NONE;
  }

  private void closeOk() {
    if (isAnswering()) {
      files.close(ok);
      ok = NONE;
    }
    if (hiddenOk != NONE) {
      files.close(hiddenOk);
      hiddenOk = NONE;
    }
  }

  /** Uses this FIFO from now on. */
  public void use(int fresh) {
    files.close(control);
    control = fresh;
  }

  /** Ends supervision for clients; the files stay, as runsv leaves them. */
  public void close() {
    if (isOpen()) {
      files.close(control);
    }
    closeOk();
    if (lock != NONE) {
      files.close(lock);
    }
  }

  /** Removes all files of a place without a link to it; to be called after {@link #close}. */
  public void delete() throws FileFault {
    if (place != null && place.at() == FileSystem.ABSOLUTE && lock != NONE) {
      for (String name : files.list(place().at(), place().prefix())) {
        files.remove(place().at(), place().file(name));
      }
      files.removeDirectory(place().at(), place().prefix());
    }
  }
}
