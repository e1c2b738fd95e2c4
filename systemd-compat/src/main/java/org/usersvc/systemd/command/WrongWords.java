package org.usersvc.systemd.command;

/** A command line that cannot be carried out; the message is for its author. */
final class WrongWords extends Exception {
  private static final long serialVersionUID = 1;

  WrongWords(String message) {
    super(message);
  }
}
