package org.usersvc.daemon.supervise;

/**
 * The rest of the process group of run's process: it gets TERM before run is started again, and
 * KILL when its time is over. <b>Loop thread only.</b>
 */
final class RunGroup {
  private final ProcessGroupCleanup leftovers;
  private final Owner owner;
  private int leader;
  private boolean ours;

  /**
   * Begins with none.
   *
   * @param owner whose rules say how long the rest may take
   */
  RunGroup(ProcessGroupCleanup leftovers, Owner owner) {
    this.leftovers = leftovers;
    this.owner = owner;
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
        leftovers.end(leader, owner.rules().boundOfRest());
      } else {
        end(leader);
      }
      leader = 0;
    }
  }

  /** Ends a process group that an earlier daemon has left. */
  void end(int group) {
    leftovers.endUnheard(group, owner.rules().boundOfRest());
  }
}
