package org.usersvc.daemon.wire;

/** The errors of the D-Bus specification that callers get from us. */
public final class StandardErrors {
  public static final String FAILED = "org.freedesktop.DBus.Error.Failed";
  public static final String NO_REPLY = "org.freedesktop.DBus.Error.NoReply";
  public static final String DISCONNECTED = "org.freedesktop.DBus.Error.Disconnected";
  public static final String UNKNOWN_OBJECT = "org.freedesktop.DBus.Error.UnknownObject";
  public static final String UNKNOWN_INTERFACE = "org.freedesktop.DBus.Error.UnknownInterface";
  public static final String UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod";
  public static final String UNKNOWN_PROPERTY = "org.freedesktop.DBus.Error.UnknownProperty";
  public static final String PROPERTY_READ_ONLY = "org.freedesktop.DBus.Error.PropertyReadOnly";
  public static final String INVALID_ARGS = "org.freedesktop.DBus.Error.InvalidArgs";
  public static final String LIMITS_EXCEEDED = "org.freedesktop.DBus.Error.LimitsExceeded";
  public static final String NAME_HAS_NO_OWNER = "org.freedesktop.DBus.Error.NameHasNoOwner";
  public static final String FILE_NOT_FOUND = "org.freedesktop.DBus.Error.FileNotFound";

  private StandardErrors() {}
}
