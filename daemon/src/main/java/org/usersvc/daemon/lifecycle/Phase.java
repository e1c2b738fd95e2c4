package org.usersvc.daemon.lifecycle;

/** Where one supervised process is. INVARIANT: Running and Finishing alone have a process. */
public sealed interface Phase {
  /** No process, and none is to come by itself. */
  record Down() implements Phase {}

  /** Wanted up, but the directory has no run yet; waits for it. */
  record Incomplete() implements Phase {}

  /** Wanted up, but a variable that run needs is not set; waits for it. */
  record Waiting() implements Phase {}

  /** control/u runs; run follows when it has ended. */
  record Preparing() implements Phase {}

  /** run was ordered; the answer comes before any other event. */
  record Starting() implements Phase {}

  /**
   * run lives.
   *
   * @param termSent whether this process was sent TERM by a command
   * @param outdated whether it is being ended because a variable that it needs has changed
   */
  record Running(int pid, boolean termSent, boolean outdated) implements Phase {}

  /**
   * finish was ordered; the answer comes before any other event.
   *
   * @param quick whether run lived less than a second
   */
  record FinishStarting(boolean quick) implements Phase {}

  /** finish lives. */
  record Finishing(int pid, boolean quick) implements Phase {}

  /** Wanted up after a quick death; waits for the restart timer. */
  record BackingOff() implements Phase {}

  /** Supervision has ended; no event has an effect any more. */
  record Gone() implements Phase {}

  /** The process of this phase, 0 for none. */
  default int pidOrZero() {
    return switch (this) {
      case Running(int pid, boolean _, boolean _) -> pid;
      case Finishing(int pid, boolean _) -> pid;
      case Down _, Incomplete _, Waiting _, Preparing _, Starting _ -> 0;
      case FinishStarting _, BackingOff _, Gone _ -> 0;
    };
  }
}
