package org.usersvc.daemon.supervise;

/** Another supervisor holds the lock of a service, or this one supervises it under another name. */
final class SupervisedElsewhere extends java.io.IOException {
  private static final long serialVersionUID = 1;

  private final boolean here;

  SupervisedElsewhere(String message) {
    this(message, false);
  }

  /**
   * @param here whether this daemon supervises it
   */
  SupervisedElsewhere(String message, boolean here) {
    super(message);
    this.here = here;
  }

  boolean isHere() {
    return here;
  }
}
