package org.usersvc.daemon.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * All that decides what happens next to one supervised process, a service's run or its logger.
 *
 * <pre>
 *            up, once                 control/u ended            spawned
 *   Down ----------------> Preparing ----------------> Starting ---------> Running
 *    ^  ^                   ^     ^                     |    |                |
 *    |  |     restart timer |     | run appears   no run|    | cannot run     | ended
 *    |  |            BackingOff  Incomplete, Waiting <--+    v                v
 *    |  |                ^                              FinishStarting <------+
 *    |  |   quick death  |  else, wanted up: Preparing       | spawned
 *    |  +----------------+------------------------------ Finishing
 *    +--- wanted down                                        |
 *                                                            +--- wanted exit, removed: Gone
 * </pre>
 *
 * <p>Who decides, when they disagree: removal (which nothing overrules), then what is wanted, then
 * the restart delay.
 *
 * <p>INVARIANT: never two processes of run and finish at once. INVARIANT: each death of run orders
 * finish exactly once. INVARIANT: run is ordered only while wanted is up, or by once. INVARIANT: at
 * most one control script at a time, and only while {@code script} says so.
 *
 * @param paused what byte 16 of the status says; cleared by the next start, as in runsv
 * @param script the command whose control script runs now, null if none; commands wait meanwhile
 * @param quickDeaths how many quick deaths the restart delay has grown by, 0 to {@link
 *     Backoff#MAX_DEATHS}
 */
public record ServiceState(
    Phase phase, Wanted wanted, boolean paused, @Nullable Command script, int quickDeaths) {
  /** Before the first start. */
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
}
