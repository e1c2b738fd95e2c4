package org.usersvc.daemon.bus;

/** Errors of the specification that a connection answers with, or reports, itself. */
final class ErrorName {
  static final String FAILED = "org.freedesktop.DBus.Error.Failed";
  static final String NO_REPLY = "org.freedesktop.DBus.Error.NoReply";
  static final String DISCONNECTED = "org.freedesktop.DBus.Error.Disconnected";
  static final String LIMITS_EXCEEDED = "org.freedesktop.DBus.Error.LimitsExceeded";

  private ErrorName() {}
}
