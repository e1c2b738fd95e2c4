package org.usersvc.daemon.log;

import java.time.Instant;
import org.usersvc.daemon.files.FileFault;
import org.usersvc.daemon.files.FileSystem;
import org.usersvc.daemon.files.LogFiles;
import org.usersvc.daemon.model.ServiceId;

/**
 * One directory in svlogd's form, locked while this is open. A {@code current} that may be executed
 * was closed in order; svlogd appends to such a one only.
 */
final class LogDirectory {
  /** Another process writes there. */
  static final class LockedElsewhere extends java.io.IOException {
    private static final long serialVersionUID = 1;

    LockedElsewhere(String path) {
      super(path + " is locked by another process");
    }
  }

  private static final int OPEN = 0644;
  private static final int CLOSED = 0744;
  private static final int NONE = -1;

  private final FileSystem files;
  private final LogFiles logs;
  private final LogTree tree;
  private final String path;
  private final LogLimits limits;
  private final int lock;
  private int current = NONE;
  private long size;
  private ServiceId identity = new ServiceId(0, 0);
  private int rotations;

  /** Whether something may stand behind {@link #size} that was to be taken back. */
  private boolean untidy;

  private LogDirectory(FileSystem files, LogFiles logs, LogTree tree, String path, int lock) {
    this.files = files;
    this.logs = logs;
    this.tree = tree;
    this.path = path;
    this.lock = lock;
    this.limits = tree.limits(path);
  }

  static LogDirectory open(FileSystem files, LogFiles logs, LogTree tree, String name)
      throws FileFault, LockedElsewhere {
    String path = tree.makeDirectory(name);
    int lock = files.openLockFile(FileSystem.ABSOLUTE, path + "/lock");
    try {
      if (!files.lock(lock)) {
        throw new LockedElsewhere(path);
      }
      var directory = new LogDirectory(files, logs, tree, path, lock);
      directory.openCurrent();
      return directory;
    } catch (FileFault | LockedElsewhere fault) {
      files.close(lock);
      throw fault;
    }
  }

  private void openCurrent() throws FileFault {
    int file = logs.openLog(path + "/current");
    try {
      var found = files.stat(file);
      identity = found.id();
      size = found.size();
      logs.changeMode(file, OPEN);
    } catch (FileFault fault) {
      files.close(file);
      throw fault;
    }
    current = file;
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

  /** How often it was rotated since it was opened. */
  int rotations() {
    return rotations;
  }

  /** How many bytes may be added before it has to be rotated. */
  long room() {
    return limits.size() == 0 ? Long.MAX_VALUE : limits.size() - size;
  }

  /** What {@code current} is, whatever its name becomes. */
  ServiceId identity() {
    return identity;
  }

  boolean endsInsideLine() throws FileFault {
    return size > 0 && logs.byteAt(current, size - 1) != '\n';
  }

  /** Appends all or, if that fails, nothing. */
  void append(byte[] from, int length) throws FileFault {
    if (current == NONE) {
      openCurrent();
    }
    if (untidy) {
      cut(size);
    }
    untidy = true;
    try {
      logs.append(current, from, length);
    } catch (FileFault fault) {
      cut(size);
      throw new FileFault("write", path + "/current", fault.errno());
    }
    untidy = false;
    size += length;
  }

  /** Takes back what was appended behind that place. */
  void cut(long to) throws FileFault {
    if (files.stat(current).size() > to) {
      logs.truncate(current, to);
    }
    size = to;
    untidy = false;
  }

  /** Makes {@code current} an old file, removes what is too old, and begins a new one. */
  void rotate(Instant now) throws FileFault {
    if (current != NONE) {
      logs.sync(current);
      closeCurrent();
    }
    String label = LogFormat.tai64n(now);
    for (int i = 1; files.linkStat(FileSystem.ABSOLUTE, path + "/" + label + ".s") != null; i++) {
      label = LogFormat.tai64n(now.plusNanos(i));
    }
    long grown = size;
    if (files.stat(FileSystem.ABSOLUTE, path + "/current") != null) {
      files.rename(FileSystem.ABSOLUTE, path + "/current", path + "/" + label + ".s");
    }
    rotations++;
    openCurrent();
    tree.rotated(path, limits.keep(), grown);
  }

  /** Whether it has to be opened anew, as {@code current} could not be. */
  boolean isLost() {
    return current == NONE;
  }

  private void closeCurrent() throws FileFault {
    try {
      logs.changeMode(current, CLOSED);
    } finally {
      files.close(current);
      current = NONE;
    }
  }

  void close() {
    try {
      if (current != NONE) {
        closeCurrent();
      }
    } catch (FileFault ignored) { // svlogd will begin a new file then
      current = NONE;
    }
    files.close(lock);
  }
}
