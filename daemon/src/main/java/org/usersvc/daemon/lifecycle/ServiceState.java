package org.usersvc.daemon.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * The state of one supervised process, a service's run or its logger. With the event and the rules
 * it decides what happens next.
 *
 * <pre>
 *            up, once                 control/u ended            spawned
 *   Down ----------------> Preparing ----------------> Starting ---------> Running
 *    ^  ^                   ^     ^                     |    |                |
 *    |  |     restart timer |     | run appears   no run|    | cannot run     | ended
 *    |  |  BackingOff, Settling  Incomplete, Waiting <-+    v                v
 *    |  |                ^                              FinishStarting <------+
 *    |  |   quick death  |  else, wanted up: Preparing       | spawned
 *    |  +----------------+------------------------------ Finishing
 *    +--- wanted down, failed for good                       |
 *                                                            +--- wanted exit, removed: Gone
 * </pre>
 *
 * <p>A oneshot whose run succeeds becomes Completed instead, and goes to FinishStarting when a
 * command asks it to go down or to start anew.
 *
 * <p>The order of precedence: removal (nothing overrules it), then what is wanted, then finish
 * (exit 125), then the restart rule, then the restart delay.
 *
 * <p>INVARIANT: never two processes of run and finish at once. INVARIANT: each end of run orders
 * finish exactly once. INVARIANT: run is ordered only while wanted is up, or by once. INVARIANT: at
 * most one control script at a time, and only while {@code script} says so. INVARIANT: a process
 * that is not to end has no bound, the bound of one that the daemon ends of its own accord is
 * always ordered (timeout-kill 0 makes it none), and finish has that of the rules. INVARIANT: a
 * requested end is no death; an end because run broke a promise is one. All are asserted for every
 * reachable state by LifecycleExplorationTest.
 *
 * @param paused byte 16 of the status; cleared by the next start, as in runsv
 * @param script the command whose control script runs now, null if none; commands wait until it
 *     ends
 * @param quickDeaths how many quick deaths the restart delay has grown by, 0 to {@link
 *     Backoff#MAX_DEATHS}
 */
public record ServiceState(
    Phase phase, Wanted wanted, boolean paused, @Nullable Command script, int quickDeaths) {
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ServiceState that
            && phase.getClass() == that.phase.getClass()
            && phase.equals(that.phase)
            && wanted == that.wanted
            && paused == that.paused
            && script == that.script
            && quickDeaths == that.quickDeaths);
  }

  @Override
  public int hashCode() {
    return 31 * phase.hashCode() + wanted.hashCode();
  }

  /** The state before the first start. */
  public static ServiceState initial(Wanted wanted) {
    return new ServiceState(new Phase.Down(), wanted, false, null, 0);
  }

  ServiceState in(Phase next) {
    return new ServiceState(next, wanted, paused, script, quickDeaths);
  }

  ServiceState wanting(Wanted next) {
    return new ServiceState(phase, next, paused, script, quickDeaths);
  }

  ServiceState paused(boolean next) {
    return new ServiceState(phase, wanted, next, script, quickDeaths);
  }

  ServiceState running(@Nullable Command next) {
    return new ServiceState(phase, wanted, paused, next, quickDeaths);
  }

  ServiceState quickDeaths(int next) {
    return new ServiceState(phase, wanted, paused, script, next);
  }

  /** The state after the part of a command that only changes the state. */
  ServiceState commanded(Command command) {
    boolean pauseOrCont = command == Command.PAUSE || command == Command.CONT;
    if (wanted.isFinal() && !pauseOrCont) {
      return this;
    }
    return switch (command) {
      case UP -> wanting(Wanted.UP);
      case DOWN, ONCE -> wanting(Wanted.DOWN);
      case EXIT -> wanting(Wanted.EXIT);
      case PAUSE -> paused(true);
      case CONT -> paused(false);
      case TERM, KILL, ALARM, HUP, INTERRUPT, QUIT, USR1, USR2 -> this;
    };
  }

  /** The state after the input is closed; an ordered removal stays one. */
  ServiceState inputClosed(boolean bounded) {
    boolean removed = bounded || wanted == Wanted.REMOVED;
    return wanting(removed ? Wanted.REMOVED : Wanted.DRAINED);
  }
}
