package org.usersvc.daemon.files;

import org.usersvc.daemon.model.ServiceId;

/**
 * The result of {@code stat(2)} for one file.
 *
 * @param size in bytes
 * @param changed the last change of its content or attributes, in nanoseconds since 1970
 * @param written the last change of its content, or the time set as such; in nanoseconds, too
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
