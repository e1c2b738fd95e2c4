package org.usersvc.daemon.supervise;

import java.time.Duration;

/**
 * The rest of the process group of run's process: it gets TERM before run is started again, and
 * KILL when its time is over. <b>Loop thread only.</b>
 */
final class RunGroup {
  private final Leftovers leftovers;
  private final KillTimer killTimer;
  private int leader;
  private boolean ours;

  /**
   * Begins with none.
   *
   * @param killTimer says how long the rest may take
   */
  RunGroup(Leftovers leftovers, KillTimer killTimer) {
    this.leftovers = leftovers;
    this.killTimer = killTimer;
  }

  /** 0 for none. */
  int leader() {
    return leader;
  }

  /** A child of ours is run's process from now on. */
  void lead(int pid) {
    leader = pid;
    ours = true;
  }

  /** Run's process was started by an earlier daemon. */
  void resume(int pid) {
    leader = pid;
    ours = false;
  }

  /** Ends the rest of it. */
  void end() {
    if (leader != 0) {
      if (ours) {
        leftovers.end(leader, patience());
      } else {
        end(leader);
      }
      leader = 0;
    }
  }

  /** Ends a process group that an earlier daemon has left. */
  void end(int group) {
    leftovers.endUnheard(group, patience());
  }

  private Duration patience() {
    var bound = killTimer.bound();
    return bound == null || bound.isZero() ? KillTimer.DEFAULT : bound;
  }
}
