package org.usersvc.client.socket;

/** There is no daemon at the control socket: the reason, and a remedy. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final String remedy;
  private final boolean passing;

  UnreachableException(String reason, String remedy) {
    this(reason, remedy, false);
  }

  /** {@code passing}: a daemon is about to be there. */
  UnreachableException(String reason, String remedy, boolean passing) {
    super(reason);
    this.reason = reason;
    this.remedy = remedy;
    this.passing = passing;
  }

  boolean isPassing() {
    return passing;
  }

  public String reason() {
    return reason;
  }

  public String remedy() {
    return remedy;
  }
}
