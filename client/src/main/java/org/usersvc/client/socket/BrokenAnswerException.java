package org.usersvc.client.socket;

/** The daemon closed the connection, or talked nonsense, before it had told the exit status. */
public final class BrokenAnswerException extends Exception {
  private static final long serialVersionUID = 1;

  public BrokenAnswerException() {
    super("the answer has no exit status");
  }
}
