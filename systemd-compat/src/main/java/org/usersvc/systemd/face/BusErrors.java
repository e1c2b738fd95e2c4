package org.usersvc.systemd.face;

import org.usersvc.daemon.wire.Call;
import org.usersvc.daemon.wire.StandardErrors;
import org.usersvc.systemd.install.InstallException;
import org.usersvc.systemd.job.Refusal;

/** The names of errors. */
public final class BusErrors {
  /** Before the names of systemd's own errors. */
  public static final String PREFIX = "org.freedesktop.systemd1.";

  public static final String NO_SUCH_UNIT = PREFIX + "NoSuchUnit";
  public static final String NO_SUCH_JOB = PREFIX + "NoSuchJob";
  public static final String NO_UNIT_FOR_PID = PREFIX + "NoUnitForPID";
  public static final String NO_UNIT_FOR_INVOCATION = PREFIX + "NoUnitForInvocationID";
  public static final String NOT_REFERENCED = PREFIX + "NotReferenced";
  public static final String SCOPE_NOT_RUNNING = PREFIX + "ScopeNotRunning";
  public static final String NO_SUCH_PROCESS = PREFIX + "NoSuchProcess";

  /** The error for a process that does not exist. */
  public static final String NO_SUCH_PID = "org.freedesktop.DBus.Error.UnixProcessIdUnknown";

  private static final String NOT_SUPPORTED = "org.freedesktop.DBus.Error.NotSupported";

  private BusErrors() {}

  /** Answers that the request was refused. */
  public static void refuse(Call call, Refusal reason) {
    call.fail(name(reason), reason.message());
  }

  /** The error for a refusal. */
  public static String name(Refusal reason) {
    return switch (reason) {
      case Refusal.WrongMode _, Refusal.NoInstance _ -> StandardErrors.INVALID_ARGS;
      case Refusal.TooLarge _, Refusal.TooManyUnits _ -> StandardErrors.LIMITS_EXCEEDED;
      case Refusal.NotLoaded _,
          Refusal.OnlyByDependency _,
          Refusal.NoIsolation _,
          Refusal.NotApplicable _,
          Refusal.Conflicting _,
          Refusal.Cyclic _,
          Refusal.Destructive _,
          Refusal.StopsAnother _,
          Refusal.ShuttingDown _,
          Refusal.Exists _,
          Refusal.NotWritten _ ->
          PREFIX + reason.error();
    };
  }

  /** Answers that files of units are not changed. */
  public static void refuse(Call call, InstallException reason) {
    call.fail(name(reason.reason()), String.valueOf(reason.getMessage()));
  }

  private static String name(InstallException.Reason reason) {
    return switch (reason) {
      case NO_SUCH_UNIT -> NO_SUCH_UNIT;
      case UNIT_EXISTS -> PREFIX + "UnitExists";
      case UNIT_MASKED -> PREFIX + "UnitMasked";
      case UNIT_GENERATED -> PREFIX + "UnitGenerated";
      case UNIT_LINKED -> PREFIX + "UnitLinked";
      case UNIT_BAD_PATH -> PREFIX + "UnitBadPath";
      case BAD_UNIT_SETTING -> PREFIX + "BadUnitSetting";
      case INVALID_ARGS -> StandardErrors.INVALID_ARGS;
      case NOT_SUPPORTED -> NOT_SUPPORTED;
      case FAILED -> StandardErrors.FAILED;
    };
  }

  /** Answers that no name of a unit was given. */
  public static void invalidName(Call call, String text) {
    call.fail(StandardErrors.INVALID_ARGS, "Unit name " + text + " is not valid.");
  }

  /** Answers that nothing is known of a unit. */
  public static void notLoaded(Call call, Object unit) {
    call.fail(NO_SUCH_UNIT, "Unit " + unit + " not loaded.");
  }

  /** Answers that this is not there. */
  public static void notSupported(Call call, String text) {
    call.fail(NOT_SUPPORTED, text);
  }
}
