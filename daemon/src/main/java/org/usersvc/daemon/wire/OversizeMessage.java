package org.usersvc.daemon.wire;

/** A valid message that needs more memory than this process grants. */
final class OversizeMessage extends Exception {
  private static final long serialVersionUID = 1;

  OversizeMessage(String what) {
    super(what);
  }
}
