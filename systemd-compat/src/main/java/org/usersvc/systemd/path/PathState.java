package org.usersvc.systemd.path;

import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.SubState;

/**
 * The state of one path unit. Immutable.
 *
 * <pre>
 *   DEAD, FAILED --> WAITING &lt;--> RUNNING    a stop leads to DEAD, and what cannot be to FAILED
 * </pre>
 *
 * <p>INVARIANT: its paths are watched exactly while it is WAITING. INVARIANT: it asks for a start
 * of its unit only when it becomes RUNNING. Both are asserted for every reachable state by
 * PathExplorationTest.
 *
 * @param result why it is down
 */
public record PathState(Phase phase, PathResult result) {
  /** The state before the first start. */
  public static final PathState INITIAL = new PathState(Phase.DEAD, PathResult.SUCCESS);

  /** The sub-states. */
  public enum Phase implements SubState {
    DEAD(ActiveState.INACTIVE),
    /** It waits for what its paths say. */
    WAITING(ActiveState.ACTIVE),
    /** Its unit runs. */
    RUNNING(ActiveState.ACTIVE),
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

  PathState at(Phase next) {
    return new PathState(next, result);
  }

  PathState result(PathResult next) {
    return new PathState(phase, next);
  }
}
