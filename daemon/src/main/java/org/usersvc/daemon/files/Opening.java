package org.usersvc.daemon.files;

/** How a file is opened that becomes a standard stream of a program. */
public enum Opening {
  READ,
  /** To write from its first byte on; the rest of its content stays. Made if absent. */
  WRITE,
  /** To write at its end. Made if absent. */
  APPEND,
  /** To write; emptied before. Made if absent. */
  TRUNCATE,
  /** To read and write; not made. */
  BOTH
}
