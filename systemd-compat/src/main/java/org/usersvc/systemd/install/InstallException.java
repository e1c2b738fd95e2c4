package org.usersvc.systemd.install;

import org.usersvc.daemon.files.FileFault;

/** A request about unit files is refused; nothing has been changed unless the reason is FAILED. */
public final class InstallException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why; each has its own error of D-Bus. */
  public enum Reason {
    NO_SUCH_UNIT,
    UNIT_EXISTS,
    UNIT_MASKED,
    UNIT_GENERATED,
    UNIT_LINKED,
    UNIT_BAD_PATH,
    BAD_UNIT_SETTING,
    INVALID_ARGS,
    NOT_SUPPORTED,
    /** A file cannot be read or changed. */
    FAILED
  }

  private final Reason reason;

  InstallException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static InstallException of(FileFault fault) {
    return new InstallException(Reason.FAILED, String.valueOf(fault.getMessage()));
  }

  public Reason reason() {
    return reason;
  }
}
