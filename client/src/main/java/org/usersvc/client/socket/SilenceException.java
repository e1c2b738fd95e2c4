package org.usersvc.client.socket;

/** A daemon has not answered in time; the message says what to do. */
public final class SilenceException extends BrokenAnswerException {
  private static final long serialVersionUID = 1;

  SilenceException(String message) {
    super(message);
  }
}
