package org.usersvc.daemon.files;

import org.usersvc.daemon.model.ServiceId;

/**
 * What {@code stat(2)} tells of one file.
 *
 * @param size in bytes
 * @param changed when its content or what is told here has changed last, in nanoseconds since 1970
 * @param written when its content has changed last, or what was set as that; in nanoseconds, too
 */
public record FileStat(
    ServiceId id,
    Kind kind,
    int permissions,
    int uid,
    int links,
    long size,
    long changed,
    long written) {
  /** The types of file that matter here. */
  public enum Kind {
    DIRECTORY,
    REGULAR,
    FIFO,
    LINK,
    OTHER
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  public boolean ownerMayExecute() {
    return (permissions & 0100) != 0;
  }
}
