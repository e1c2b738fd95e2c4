package org.usersvc.daemon.wire;

/** The other end breaks the rules of the protocol, so nothing that follows can be understood. */
final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1;

  MalformedMessage(String what) {
    super(what);
  }
}
