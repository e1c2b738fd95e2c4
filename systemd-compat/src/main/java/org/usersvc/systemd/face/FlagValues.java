package org.usersvc.systemd.face;

import org.usersvc.systemd.unit.Spelling;
import org.usersvc.systemd.unit.Unit;
import org.usersvc.systemd.unit.UnitFlags;
import org.usersvc.systemd.unit.UnitFlags.Flag;

/** What can be done with a unit, and its limits. */
final class FlagValues implements Table.Part<Subject> {
  @Override
  public void declare(Table.Members members) {
    members
        .value("CanStart", "b")
        .value("CanStop", "b")
        .value("CanReload", "b")
        .value("CanIsolate", "b")
        .value("StopWhenUnneeded", "b")
        .value("RefuseManualStart", "b")
        .value("RefuseManualStop", "b")
        .value("AllowIsolate", "b")
        .value("IgnoreOnIsolate", "b")
        .value("DefaultDependencies", "b")
        .value("CollectMode", "s")
        .value("OnFailureJobMode", "s")
        .value("OnSuccessJobMode", "s")
        .value("SuccessAction", "s")
        .value("FailureAction", "s")
        .value("StartLimitIntervalUSec", "t")
        .value("StartLimitBurst", "u")
        .value("JobTimeoutUSec", "t")
        .value("JobRunningTimeoutUSec", "t");
  }

  @Override
  public Object value(Subject subject, String property) {
    var flags = subject.unit().flags();
    return switch (property) {
      case "CanStart" -> canStart(subject.unit());
      case "CanStop" -> !flags.refuseManualStop();
      case "CanReload" -> subject.record().controller().canReload();
      case "CanIsolate" -> flags.allowIsolate();
      case "StopWhenUnneeded" -> flags.has(Flag.STOP_WHEN_UNNEEDED);
      case "RefuseManualStart" -> flags.has(Flag.REFUSE_MANUAL_START);
      case "RefuseManualStop" -> flags.has(Flag.REFUSE_MANUAL_STOP);
      case "AllowIsolate" -> flags.has(Flag.ALLOW_ISOLATE);
      case "IgnoreOnIsolate" -> flags.has(Flag.IGNORE_ON_ISOLATE);
      case "DefaultDependencies" -> flags.has(Flag.DEFAULT_DEPENDENCIES);
      case "CollectMode" -> Spelling.of(flags.collectMode());
      case "OnFailureJobMode" -> flags.onFailureJobMode().word();
      case "OnSuccessJobMode" -> flags.onSuccessJobMode().word();
      case "SuccessAction" -> flags.successAction();
      case "FailureAction" -> flags.failureAction();
      default -> limit(flags, property);
    };
  }

  private static Object limit(UnitFlags flags, String property) {
    return switch (property) {
      case "StartLimitIntervalUSec" -> Amounts.micros(flags.startLimit().interval());
      case "StartLimitBurst" -> flags.startLimit().burst();
      case "JobTimeoutUSec" -> Amounts.micros(flags.jobTimeouts().total());
      case "JobRunningTimeoutUSec" -> Amounts.micros(flags.jobTimeouts().running());
      default -> throw Table.Part.unknown(property);
    };
  }

  private static boolean canStart(Unit unit) {
    return switch (unit.loadState()) {
      case LOADED -> !unit.flags().refuseManualStart();
      case STUB, NOT_FOUND, BAD_SETTING, ERROR, MERGED, MASKED -> false;
    };
  }
}
