package org.usersvc.systemd.read;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.directive.Part;
import org.usersvc.systemd.directive.Value;
import org.usersvc.systemd.unit.JobMode;
import org.usersvc.systemd.unit.StartLimit;
import org.usersvc.systemd.unit.UnitFlags;
import org.usersvc.systemd.unit.UnitFlags.CollectMode;
import org.usersvc.systemd.unit.UnitFlags.Flag;
import org.usersvc.systemd.unit.UnitFlags.JobTimeouts;

/** How a unit may be started, stopped and forgotten: the rest of {@code [Unit]}. */
final class FlagsPart implements Part {
  private static final Map<String, Flag> FLAGS =
      Map.of(
          "StopWhenUnneeded", Flag.STOP_WHEN_UNNEEDED,
          "RefuseManualStart", Flag.REFUSE_MANUAL_START,
          "RefuseManualStop", Flag.REFUSE_MANUAL_STOP,
          "AllowIsolate", Flag.ALLOW_ISOLATE,
          "IgnoreOnIsolate", Flag.IGNORE_ON_ISOLATE,
          "DefaultDependencies", Flag.DEFAULT_DEPENDENCIES,
          "SurviveFinalKillSignal", Flag.SURVIVE_FINAL_KILL_SIGNAL);

  /** What a manager of a user may do when a unit ends. */
  private static final Set<String> ACTIONS = Set.of("none", "exit", "exit-force");

  private final EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
  private CollectMode collectMode = UnitFlags.DEFAULT.collectMode();
  private JobMode onFailure = UnitFlags.DEFAULT.onFailureJobMode();
  private JobMode onSuccess = UnitFlags.DEFAULT.onSuccessJobMode();
  private @Nullable Duration jobTimeout;
  private @Nullable Duration jobRunningTimeout;
  private String successAction = UnitFlags.DEFAULT.successAction();
  private String failureAction = UnitFlags.DEFAULT.failureAction();

  FlagsPart() {
    flags.addAll(UnitFlags.DEFAULT.on());
  }

  @Override
  public boolean take(Value value) {
    switch (value.key()) {
      case "CollectMode" -> value.word(CollectMode.class, word -> collectMode = word);
      case "OnFailureJobMode" -> value.word(JobMode.class, word -> onFailure = word);
      case "OnSuccessJobMode" -> value.word(JobMode.class, word -> onSuccess = word);
      case "JobTimeoutSec" -> value.span(read -> jobTimeout = read);
      case "JobRunningTimeoutSec" -> value.span(read -> jobRunningTimeout = read);
      case "SuccessAction" -> action(value, word -> successAction = word);
      case "FailureAction" -> action(value, word -> failureAction = word);
      default -> {
        return takeOther(value);
      }
    }
    return true;
  }

  private boolean takeOther(Value value) {
    var meant = FLAGS.get(value.key());
    if (meant == null) {
      return false;
    }
    value.bool(isOn -> set(meant, isOn));
    return true;
  }

  private void set(Flag flag, boolean isOn) {
    if (isOn) {
      flags.add(flag);
    } else {
      flags.remove(flag);
    }
  }

  private static void action(Value value, Consumer<String> taker) {
    if (ACTIONS.contains(value.raw())) {
      taker.accept(value.raw());
    } else {
      value.warn("a user's unit can have none, exit or exit-force");
    }
  }

  UnitFlags flags(StartLimit startLimit) {
    return new UnitFlags(
        flags,
        collectMode,
        onFailure,
        onSuccess,
        new JobTimeouts(jobTimeout, jobRunningTimeout),
        startLimit,
        successAction,
        failureAction);
  }
}
