package org.usersvc.daemon.view;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One service, or the logger of one, to which requests are made. The same object stands for it as
 * long as doors see it. <b>Loop thread only.</b>
 */
public interface Commanded {
  /** How long a run without a sign of being ready is looked at. */
  Duration PROBATION = Duration.ofMillis(300);

  /** Between two runs of check (sv.c:390). */
  Duration CHECK_AGAIN = Duration.ofMillis(420);

  /** The facts about it. */
  ServiceView view();

  /** The logger of the service, null while there is none. */
  default @Nullable Commanded logger() {
    return null;
  }

  /** Takes letters as supervise/control does, in their order; ignores those without a meaning. */
  void command(String letters);

  /** Kills its processes. */
  void kill();

  /**
   * Runs the action, after this method has returned, when all consequences of the letters so far
   * have happened.
   */
  void afterwards(Runnable action);

  /** A request comes: the other doors are to find this service, too. */
  default void show() {}

  /**
   * Whether it has reached the goal; check is not asked.
   *
   * @param startsBefore {@link ServiceView#starts} before the command
   */
  boolean reached(Goal goal, long startsBefore);

  /** Whether it cannot reach the goal any more without another command. */
  boolean lost(Goal goal, long startsBefore);

  /**
   * How often run has ended unasked or could not be started; always 0 if requests are not to fail
   * because of that.
   */
  default long failures() {
    return 0;
  }

  /** Whether run lives and gives no sign of being ready: only time can tell. */
  default boolean isSilent() {
    return false;
  }

  /**
   * How long a run that has just been started is still to be looked at before it counts as started:
   * zero if it is not {@linkplain #isSilent silent}, or has run for some time.
   */
  default Duration probation() {
    return Duration.ZERO;
  }

  /** Whether check has to agree, too, that the goal is reached. */
  default boolean asksCheck(Goal goal) {
    return false;
  }

  /**
   * Runs check; to be called only if it {@linkplain #asksCheck asks}.
   *
   * @param fine called once, on the loop, perhaps before this returns
   * @return ends it before its time
   */
  default Runnable check(Consumer<Boolean> fine) {
    throw new IllegalStateException(view().name() + " has no check");
  }
}
