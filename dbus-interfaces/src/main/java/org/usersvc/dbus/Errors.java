package org.usersvc.dbus;

/** Names of the errors of {@code org.usersvc1}: one for each outcome that is not success. */
public final class Errors {
  /** The scan directory has no service of that name. */
  public static final String NO_SUCH_SERVICE = "org.usersvc1.Error.NoSuchService";

  /** The directory is there, but this daemon does not supervise it; the text says why. */
  public static final String NOT_SUPERVISED = "org.usersvc1.Error.NotSupervised";

  /** It is not done within the time; what was asked stays asked. */
  public static final String TIMED_OUT = "org.usersvc1.Error.TimedOut";

  /** It was not done within the time and was killed, as the caller wanted. */
  public static final String KILLED = "org.usersvc1.Error.Killed";

  /** Supervision ended before it was done. */
  public static final String GONE = "org.usersvc1.Error.Gone";

  /** There is no signal of that name or number, or it is not one that services are sent. */
  public static final String NO_SIGNAL = "org.usersvc1.Error.NoSignal";

  /** No session is registered under that path. */
  public static final String NO_SUCH_SESSION = "org.usersvc1.Error.NoSuchSession";

  /** No process could be found, or is alive, whose end would end the session. */
  public static final String NO_LEADER = "org.usersvc1.Error.NoLeader";

  /** As many sessions are registered as the daemon takes. */
  public static final String TOO_MANY_SESSIONS = "org.usersvc1.Error.TooManySessions";

  /** A variable has a name that is not {@code [A-Za-z_][A-Za-z0-9_]*}. */
  public static final String INVALID_NAME = "org.usersvc1.Error.InvalidName";

  /** A variable has a value that is too long, or an option one that it does not take. */
  public static final String INVALID_VALUE = "org.usersvc1.Error.InvalidValue";

  private Errors() {}
}
