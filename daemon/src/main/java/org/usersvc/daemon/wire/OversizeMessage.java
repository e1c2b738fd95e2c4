package org.usersvc.daemon.wire;

/** A message is in order, but larger than this process has memory for. */
final class OversizeMessage extends Exception {
  private static final long serialVersionUID = 1;

  OversizeMessage(String what) {
    super(what);
  }
}
