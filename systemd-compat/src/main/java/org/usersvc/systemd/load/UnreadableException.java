package org.usersvc.systemd.load;

/** A file of a unit cannot be read; the message says which and why. */
public final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableException(String path, String reason) {
    super(path + ": " + reason);
  }
}
