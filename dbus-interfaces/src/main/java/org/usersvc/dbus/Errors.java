package org.usersvc.dbus;

/** Names of the errors of {@code org.usersvc1}: one for each outcome that is not success. */
public final class Errors {
  /** The scan directory has no service of that name. */
  public static final String NO_SUCH_SERVICE = "org.usersvc1.Error.NoSuchService";

  /** The directory exists, but this daemon does not supervise it; the message has the reason. */
  public static final String NOT_SUPERVISED = "org.usersvc1.Error.NotSupervised";

  /** The request was not done in time; it stays in force. */
  public static final String TIMED_OUT = "org.usersvc1.Error.TimedOut";

  /** It was not done in time, and the service was killed, as requested. */
  public static final String KILLED = "org.usersvc1.Error.Killed";

  /** Run has ended unasked, or could not be started; the message has what follows. */
  public static final String FAILED = "org.usersvc1.Error.Failed";

  /** Supervision ended before it was done. */
  public static final String GONE = "org.usersvc1.Error.Gone";

  /** There is no signal of that name or number, or services do not get it. */
  public static final String NO_SIGNAL = "org.usersvc1.Error.NoSignal";

  /** No session is registered under that path. */
  public static final String NO_SUCH_SESSION = "org.usersvc1.Error.NoSuchSession";

  /** No living process can be the leader of the session. */
  public static final String NO_LEADER = "org.usersvc1.Error.NoLeader";

  /** The daemon takes no more sessions. */
  public static final String TOO_MANY_SESSIONS = "org.usersvc1.Error.TooManySessions";

  /** A variable has a name that is not {@code [A-Za-z_][A-Za-z0-9_]*}. */
  public static final String INVALID_NAME = "org.usersvc1.Error.InvalidName";

  /** The value of a variable is too long, or that of an option is not valid. */
  public static final String INVALID_VALUE = "org.usersvc1.Error.InvalidValue";

  private Errors() {}
}
