package org.usersvc.client.command;

import org.usersvc.client.socket.NativeText;

/** The command line is wrong; the text is the output, without a last newline. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  private final String text;

  private UsageException(String text) {
    super(text);
    this.text = text;
  }

  /** Of {@code usersvc}, with the remedy. */
  static UsageException of(String problem) {
    return of(problem, "; see usersvc --help");
  }

  /** {@code hint}: which one may be meant; empty if that is not known. */
  static UsageException noCommand(String word, String hint) {
    String problem = word + ": no such command";
    return hint.isEmpty() ? of(problem) : of(problem, hint);
  }

  private static UsageException of(String problem, String remedy) {
    return new UsageException("usersvc: " + NativeText.printable(problem) + remedy);
  }

  /** In daemontools' words, which may be several lines. */
  static UsageException verbatim(String text) {
    return new UsageException(text);
  }

  public String text() {
    return text;
  }
}
