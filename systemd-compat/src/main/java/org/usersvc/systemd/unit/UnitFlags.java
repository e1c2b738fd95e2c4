package org.usersvc.systemd.unit;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code [Unit]} says about starting, stopping and forgetting a unit. Immutable.
 *
 * @param on the flags that are set
 * @param collectMode when it is forgotten
 * @param onFailureJobMode the mode of the jobs for its {@code OnFailure=}
 * @param onSuccessJobMode the mode of the jobs for its {@code OnSuccess=}
 * @param jobTimeouts how long its jobs may take
 * @param startLimit how often it may start
 * @param successAction what happens to the manager when the unit ends well, {@code none} or the
 *     word of an action such as {@code exit}
 * @param failureAction the same for a unit that fails
 */
public record UnitFlags(
    Set<Flag> on,
    CollectMode collectMode,
    JobMode onFailureJobMode,
    JobMode onSuccessJobMode,
    JobTimeouts jobTimeouts,
    StartLimit startLimit,
    String successAction,
    String failureAction) {
  /** What a unit has whose file says nothing. */
  public static final UnitFlags DEFAULT =
      new UnitFlags(
          Set.of(Flag.DEFAULT_DEPENDENCIES),
          CollectMode.INACTIVE,
          JobMode.REPLACE,
          JobMode.FAIL,
          JobTimeouts.NONE,
          StartLimit.DEFAULT,
          "none",
          "none");

  public UnitFlags {
    on = Set.copyOf(on);
  }

  public boolean has(Flag flag) {
    return on.contains(flag);
  }

  public boolean stopWhenUnneeded() {
    return has(Flag.STOP_WHEN_UNNEEDED);
  }

  public boolean refuseManualStart() {
    return has(Flag.REFUSE_MANUAL_START);
  }

  public boolean refuseManualStop() {
    return has(Flag.REFUSE_MANUAL_STOP);
  }

  public boolean allowIsolate() {
    return has(Flag.ALLOW_ISOLATE);
  }

  public boolean ignoreOnIsolate() {
    return has(Flag.IGNORE_ON_ISOLATE);
  }

  public boolean defaultDependencies() {
    return has(Flag.DEFAULT_DEPENDENCIES);
  }

  /** The same with a flag set or cleared. */
  public UnitFlags with(Flag flag, boolean value) {
    var flags = EnumSet.noneOf(Flag.class);
    flags.addAll(on);
    if (value) {
      flags.add(flag);
    } else {
      flags.remove(flag);
    }
    return with(flags);
  }

  private UnitFlags with(Set<Flag> flags) {
    return new UnitFlags(
        flags,
        collectMode,
        onFailureJobMode,
        onSuccessJobMode,
        jobTimeouts,
        startLimit,
        successAction,
        failureAction);
  }

  /** The directives that are on or off. */
  public enum Flag {
    STOP_WHEN_UNNEEDED,
    REFUSE_MANUAL_START,
    REFUSE_MANUAL_STOP,
    ALLOW_ISOLATE,
    IGNORE_ON_ISOLATE,
    /** On if nothing is written. */
    DEFAULT_DEPENDENCIES,
    SURVIVE_FINAL_KILL_SIGNAL
  }

  /** When a unit that nobody needs is forgotten. */
  public enum CollectMode {
    /** When it is inactive; a failed one stays until it is reset. */
    INACTIVE,
    INACTIVE_OR_FAILED
  }

  /**
   * How long a job for a unit may take. Immutable.
   *
   * @param total from being queued on; null: without an end
   * @param running from being carried out on; null: without an end
   */
  public record JobTimeouts(@Nullable Duration total, @Nullable Duration running) {
    public static final JobTimeouts NONE = new JobTimeouts(null, null);
  }
}
