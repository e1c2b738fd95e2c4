package org.usersvc.systemd.prepare;

/** A command cannot be executed; the message says why, for people. */
public final class ExecFault extends Exception {
  private static final long serialVersionUID = 1;

  private final ExecFailure failure;

  ExecFault(ExecFailure failure, String message) {
    super(message);
    this.failure = failure;
  }

  /** The step that has failed. */
  public ExecFailure failure() {
    return failure;
  }
}
