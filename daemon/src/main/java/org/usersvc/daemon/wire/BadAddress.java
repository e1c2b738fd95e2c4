package org.usersvc.daemon.wire;

/** No bus can be reached at an address; the message says why, and which addresses are accepted. */
public final class BadAddress extends Exception {
  private static final long serialVersionUID = 1;

  BadAddress(String reason) {
    super(reason + "; accepted are unix:path=, unix:abstract= and unix:runtime=yes");
  }
}
