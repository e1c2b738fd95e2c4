package org.usersvc.systemd.record;

/** A record cannot be used; the message says why. */
public final class RecordFault extends Exception {
  private static final long serialVersionUID = 1L;

  public RecordFault(String message) {
    super(message);
  }
}
