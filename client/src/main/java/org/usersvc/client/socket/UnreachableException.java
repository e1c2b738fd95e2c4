package org.usersvc.client.socket;

/** There is no daemon at the control socket: why, and what the user may do. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final String remedy;

  UnreachableException(String reason, String remedy) {
    super(reason);
    this.reason = reason;
    this.remedy = remedy;
  }

  public String reason() {
    return reason;
  }

  public String remedy() {
    return remedy;
  }
}
