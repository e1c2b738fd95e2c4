package org.usersvc.daemon.bus;

import org.usersvc.daemon.model.NativeText;

/** No bus can be reached at an address; the message names it and says what is accepted. */
public final class BadAddress extends Exception {
  private static final long serialVersionUID = 1;

  BadAddress(String address, String reason) {
    super(
        "bus address "
            + NativeText.printable(address)
            + ": "
            + reason
            + "; accepted are unix:path=, unix:abstract= and unix:runtime=yes");
  }
}
