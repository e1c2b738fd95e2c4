package org.usersvc.client.socket;

/** There is a daemon, and nothing came from it for too long; the message says what to do. */
public final class SilenceException extends BrokenAnswerException {
  private static final long serialVersionUID = 1;

  SilenceException(String message) {
    super(message);
  }
}
