package org.usersvc.systemd.timer;

import java.time.Duration;
import java.time.Instant;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.SubState;

/**
 * The state of one timer unit. Immutable.
 *
 * <pre>
 *   DEAD, FAILED --> WAITING &lt;--> RUNNING      from each of the three, a stop leads to DEAD,
 *                      ^ |                     and a unit that cannot be started to FAILED
 *                      | v
 *                    ELAPSED
 * </pre>
 *
 * <p>INVARIANT: it waits for its plan exactly while it is WAITING. INVARIANT: it starts its unit
 * exactly when it becomes RUNNING. Both are asserted for every reachable state by
 * TimerExplorationTest.
 *
 * @param result why it is down
 * @param since when it was last activated
 * @param last when it has started its unit last
 * @param spentUntil what happens once and was due up to this moment of the monotonic clock is over
 * @param chance how much later than asked it elapses this time
 * @param plan when it elapses next
 */
public record TimerState(
    Phase phase,
    TimerResult result,
    Moment since,
    LastTrigger last,
    long spentUntil,
    Duration chance,
    Plan plan) {
  /** The state before the first start. */
  public static final TimerState INITIAL =
      new TimerState(
          Phase.DEAD,
          TimerResult.SUCCESS,
          new Moment(Instant.EPOCH, 0),
          LastTrigger.NEVER,
          Long.MIN_VALUE,
          Duration.ZERO,
          Plan.NONE);

  /** The sub-states. */
  public enum Phase implements SubState {
    DEAD(ActiveState.INACTIVE),
    /** It waits for a time. */
    WAITING(ActiveState.ACTIVE),
    /** Its unit runs. */
    RUNNING(ActiveState.ACTIVE),
    /** It has elapsed and waits for nothing any more. */
    ELAPSED(ActiveState.ACTIVE),
    FAILED(ActiveState.FAILED);

    private final ActiveState active;

    Phase(ActiveState active) {
      this.active = active;
    }

    @Override
    public ActiveState active() {
      return active;
    }
  }

  TimerState at(Phase next) {
    return new TimerState(next, result, since, last, spentUntil, chance, plan);
  }

  TimerState result(TimerResult next) {
    return new TimerState(phase, next, since, last, spentUntil, chance, plan);
  }

  TimerState last(LastTrigger next) {
    return new TimerState(phase, result, since, next, spentUntil, chance, plan);
  }

  TimerState spentUntil(long nanos) {
    return new TimerState(phase, result, since, last, nanos, chance, plan);
  }

  TimerState since(Moment moment) {
    return new TimerState(phase, result, moment, last, spentUntil, chance, plan);
  }

  TimerState chance(Duration next) {
    return new TimerState(phase, result, since, last, spentUntil, next, plan);
  }

  TimerState plan(Plan next) {
    return new TimerState(phase, result, since, last, spentUntil, chance, next);
  }
}
