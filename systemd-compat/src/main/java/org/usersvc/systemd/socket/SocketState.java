package org.usersvc.systemd.socket;

import org.jspecify.annotations.Nullable;
import org.usersvc.systemd.job.Work.Action;
import org.usersvc.systemd.service.Child;
import org.usersvc.systemd.unit.ActiveState;
import org.usersvc.systemd.unit.SubState;

/**
 * The state of one socket unit. Immutable.
 *
 * <pre>
 *  DEAD --> START_PRE --> START_OPEN --> START_POST --> LISTENING &lt;--> RUNNING
 *   ^           | fails       | fails        |              | a stop, a limit
 *   |           v             v              v              v
 *   |      FINAL_SIGTERM     STOP_PRE &lt;----------------------
 *   |           ^             |   \--> STOP_PRE_SIGTERM, STOP_PRE_SIGKILL
 *   |           |             v             v
 *   |           +---------- STOP_POST &lt;-----+
 *   |           v             |
 *   +--- FAILED, DEAD &lt;-------+
 * </pre>
 *
 * <p>INVARIANT: the sockets are open while it is LISTENING or RUNNING, and closed when it is down.
 * INVARIANT: they are watched exactly while it is LISTENING. INVARIANT: a unit that is down has no
 * process. INVARIANT: each request is answered exactly once, unless another one replaces it. All
 * are asserted for every reachable state by SocketExplorationTest.
 *
 * @param command the index of the command that runs
 * @param control the process of that command; null: none runs
 * @param result the first thing that went wrong in this run
 * @param isOpen whether it has its sockets
 * @param request START or STOP, which has no answer yet; null: none
 */
public record SocketState(
    Phase phase,
    int command,
    @Nullable Child control,
    SocketResult result,
    boolean isOpen,
    @Nullable Action request) {
  /** The state before the first start. */
  public static final SocketState INITIAL =
      new SocketState(Phase.DEAD, 0, null, SocketResult.SUCCESS, false, null);

  /** The sub-states. */
  public enum Phase implements SubState {
    DEAD(ActiveState.INACTIVE),
    START_PRE(ActiveState.ACTIVATING),
    START_OPEN(ActiveState.ACTIVATING),
    START_POST(ActiveState.ACTIVATING),
    /** What comes starts the service. */
    LISTENING(ActiveState.ACTIVE),
    /** The service has the sockets. */
    RUNNING(ActiveState.ACTIVE),
    STOP_PRE(ActiveState.DEACTIVATING),
    STOP_PRE_SIGTERM(ActiveState.DEACTIVATING),
    STOP_PRE_SIGKILL(ActiveState.DEACTIVATING),
    STOP_POST(ActiveState.DEACTIVATING),
    FINAL_SIGTERM(ActiveState.DEACTIVATING),
    FINAL_SIGKILL(ActiveState.DEACTIVATING),
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

  /**
   * The state of a unit that was up under an earlier daemon.
   *
   * @param phase LISTENING or RUNNING
   */
  public static SocketState resumed(Phase phase) {
    return new SocketState(phase, 0, null, SocketResult.SUCCESS, true, null);
  }

  /** The process that runs beside the sockets; 0: there is none, or it is not known. */
  public int controlPid() {
    return control instanceof Child.Alive(int pid) ? pid : 0;
  }

  SocketState at(Phase next) {
    return new SocketState(next, 0, control, result, isOpen, request);
  }

  SocketState running(int index, @Nullable Child child) {
    return new SocketState(phase, index, child, result, isOpen, request);
  }

  SocketState with(@Nullable Child child) {
    return running(command, child);
  }

  /** The state after something went well or wrong; an earlier failure stays the result. */
  SocketState and(SocketResult later) {
    return result(result.or(later));
  }

  SocketState result(SocketResult next) {
    return new SocketState(phase, command, control, next, isOpen, request);
  }

  SocketState open(boolean next) {
    return new SocketState(phase, command, control, result, next, request);
  }

  SocketState asked(@Nullable Action next) {
    return new SocketState(phase, command, control, result, isOpen, next);
  }
}
