package org.usersvc.client.socket;

/** The daemon closed the connection, or sent an invalid answer, before the exit status. */
public sealed class BrokenAnswerException extends Exception permits SilenceException {
  private static final long serialVersionUID = 1;

  public BrokenAnswerException() {
    this("the answer has no exit status");
  }

  BrokenAnswerException(String message) {
    super(message);
  }
}
