package org.usersvc.daemon.log;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LogFiles;
import org.usersvc.daemon.model.ServiceId;

/**
 * One directory in svlogd's format, locked while it is open, and shared by all pipes that are
 * written to it. An executable {@code current} was closed in order; svlogd appends to no other.
 * Changes by other programs are followed: missing files and directories are made anew, and the
 * limits may change.
 */
final class LogDirectory {
  /** Another process writes to the directory. */
  static final class LockedElsewhere extends java.io.IOException {
    private static final long serialVersionUID = 1;

    LockedElsewhere(String path) {
      super(path + " is locked by another process");
    }
  }

  private static final int PRIVATE = 0700;
  private static final int OPEN = 0644;
  private static final int CLOSED = 0744;
  private static final int NONE = -1;
  private static final ServiceId NOTHING = new ServiceId(0, 0);

  private final FileSystem files;
  private final LogFiles logs;
  private final LogTree tree;
  private final String path;
  private final String currentPath;
  private final LogConfig config;
  private LogLimits limits;
  private long looked;
  private int users = 1;
  private int lock = NONE;
  private ServiceId lockIdentity = NOTHING;
  private int current = NONE;
  private long size;
  private ServiceId identity = NOTHING;
  private int rotations;

  /** The stamper that has written the end of {@code current}; null if unknown. */
  private @Nullable LineStamper writer;

  /** Whether bytes behind {@link #size} have to be cut off. */
  private boolean untidy;

  private LogDirectory(FileSystem files, LogFiles logs, LogTree tree, String path) {
    this.files = files;
    this.logs = logs;
    this.tree = tree;
    this.path = path;
    this.currentPath = path + "/current";
    this.config = tree.config(path);
    this.limits = config.read(tree.defaults());
    this.looked = tree.clock().nanos();
  }

  static LogDirectory open(FileSystem files, LogFiles logs, LogTree tree, String name)
      throws FileFault, LockedElsewhere {
    String path = tree.path(name);
    var shared = tree.opened(path);
    if (shared != null) {
      shared.follow();
      shared.users++;
      return shared;
    }
    var directory = new LogDirectory(files, logs, tree, path);
    directory.takeLock();
    try {
      directory.openCurrent();
    } finally { // if this thread dies, the next one needs the lock
      if (directory.current == NONE) {
        directory.leaveLock();
      }
    }
    tree.opened(directory);
    return directory;
  }

  private void takeLock() throws FileFault, LockedElsewhere {
    files.makeDirectories(path, PRIVATE);
    int taken = files.openLockFile(FileSystem.ABSOLUTE, path + "/lock");
    try {
      if (!files.lock(taken)) {
        throw new LockedElsewhere(path);
      }
      lockIdentity = files.stat(taken).id();
      lock = taken;
    } finally {
      if (lock != taken) {
        files.close(taken);
      }
    }
  }

  private void openCurrent() throws FileFault {
    int file = logs.openLog(currentPath);
    try {
      var found = files.stat(file);
      identity = found.id();
      size = found.size();
      logs.changeMode(file, OPEN);
      current = file;
    } finally {
      if (current != file) {
        files.close(file);
      }
    }
    writer = null;
    untidy = false;
  }

  /**
   * Follows changes by other programs; to be called before each batch. If {@code current} was
   * renamed, removed or made anew, a new one is opened; if it was cut or extended, it stays in use.
   */
  void follow() throws FileFault, LockedElsewhere {
    if (tree.isOld(looked)) {
      looked = tree.clock().nanos();
      limits = config.read(tree.defaults());
    }
    var found = files.stat(FileSystem.ABSOLUTE, currentPath);
    if (current == NONE || found == null || !found.id().equals(identity)) {
      openAnew();
    } else if (found.size() != size && !untidy) {
      size = found.size();
      writer = null;
    }
  }

  private void openAnew() throws FileFault, LockedElsewhere {
    leaveCurrent();
    var found = files.stat(FileSystem.ABSOLUTE, path + "/lock");
    if (lock == NONE || found == null || !found.id().equals(lockIdentity)) {
      leaveLock();
      takeLock();
    }
    openCurrent();
  }

  String path() {
    return path;
  }

  LogLimits limits() {
    return limits;
  }

  /** The length of {@code current}. */
  long size() {
    return size;
  }

  /** How often {@code current} was rotated since the directory was opened. */
  int rotations() {
    return rotations;
  }

  /** How many bytes may be added before {@code current} has to be rotated. */
  long room() {
    return limits.size() == 0 ? Long.MAX_VALUE : limits.size() - size;
  }

  /** The identity of {@code current}, whatever its name becomes. */
  ServiceId identity() {
    return identity;
  }

  private boolean endsInsideLine() throws FileFault {
    return size > 0 && logs.byteAt(current, size - 1) != '\n';
  }

  /** Begins a batch of a stamper, whose line does not continue if others have written since. */
  void prepare(LineStamper stamper) throws FileFault {
    if (writer == stamper) {
      return;
    }
    if (endsInsideLine()) {
      stamper.breakLine();
    } else {
      stamper.freshLine();
    }
    writer = stamper;
  }

  /** Lets the stamper continue an unfinished line at the end of {@code current}. */
  void resume(LineStamper stamper) throws FileFault {
    if (endsInsideLine()) {
      stamper.resumeLine();
      writer = stamper;
    }
  }

  /** Appends all or, if that fails, nothing. */
  void append(byte[] from, int length) throws FileFault {
    if (untidy) {
      cut(size);
    }
    untidy = true;
    try {
      logs.append(current, from, length);
    } catch (FileFault fault) {
      cut(size);
      throw new FileFault("write", currentPath, fault.errno());
    }
    untidy = false;
    size += length;
  }

  /** Cuts off all bytes behind that offset. */
  void cut(long to) throws FileFault {
    if (files.stat(current).size() > to) {
      logs.truncate(current, to);
    }
    size = to;
    untidy = false;
  }

  /** Renames {@code current}, removes files over the limits, and begins a new {@code current}. */
  void rotate() throws FileFault {
    if (current != NONE) {
      logs.sync(current);
      closeCurrent();
    }
    long grown = size;
    String name = tree.nextLabel(path) + ".s";
    if (files.stat(FileSystem.ABSOLUTE, currentPath) != null) {
      files.rename(FileSystem.ABSOLUTE, currentPath, path + "/" + name);
    }
    rotations++;
    openCurrent();
    tree.rotated(path, name, limits.keep(), grown);
  }

  private void closeCurrent() throws FileFault {
    try {
      logs.changeMode(current, CLOSED);
    } finally {
      files.close(current);
      current = NONE;
    }
  }

  private void leaveCurrent() {
    try {
      if (current != NONE) {
        closeCurrent();
      }
    } catch (FileFault ignored) { // svlogd will begin a new file then
      current = NONE;
    }
  }

  private void leaveLock() {
    if (lock != NONE) {
      files.close(lock);
      lock = NONE;
    }
  }

  /** To be called once for each {@link #open}. */
  void close() {
    users--;
    if (users == 0) {
      tree.closed(this);
      try {
        leaveCurrent();
      } finally {
        leaveLock();
      }
    }
  }
}
