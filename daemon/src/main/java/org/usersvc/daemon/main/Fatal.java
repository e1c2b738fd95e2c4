package org.usersvc.daemon.main;

/** The daemon cannot run; the message says why and what to do. */
final class Fatal extends Exception {
  private static final long serialVersionUID = 1;

  /** Exit status of a wrong command line. */
  static final int USAGE = 100;

  /** Exit status of trouble that may pass, as in runit. */
  static final int TROUBLE = 111;

  private final int status;

  Fatal(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
