package org.usersvc.daemon.supervise;

/** Another supervisor holds the lock of a service; the message names it. */
final class SupervisedElsewhere extends java.io.IOException {
  private static final long serialVersionUID = 1;

  SupervisedElsewhere(String message) {
    super(message);
  }
}
