package org.usersvc.daemon.supervise;

/** Another supervisor holds the lock of a service, or another of its names has it here already. */
final class SupervisedElsewhere extends java.io.IOException {
  private static final long serialVersionUID = 1;

  private final boolean here;

  SupervisedElsewhere(String message) {
    this(message, false);
  }

  /**
   * @param here whether it is this daemon that has it
   */
  SupervisedElsewhere(String message, boolean here) {
    super(message);
    this.here = here;
  }

  boolean isHere() {
    return here;
  }
}
