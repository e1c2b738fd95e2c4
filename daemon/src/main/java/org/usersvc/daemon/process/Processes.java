package org.usersvc.daemon.process;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;

/** Children of the daemon. <b>Loop thread only.</b> */
public interface Processes {
  /**
   * Starts a program in a session of its own, with default signal dispositions, an empty signal
   * mask and no descriptor but 0, 1 and 2.
   *
   * @param onEnd called with its end, after those of {@link #onEndOf}: a session that it led ends
   *     before it is started again
   */
  SpawnOutcome spawn(SpawnRequest request, EndListener onEnd);

  /** Whether that process was spawned, and its end has not been reported yet. */
  boolean isSpawned(int pid);

  /** Sends a signal to one process; a process that has gone is no error. */
  void signal(int pid, Signal signal);

  /**
   * Sends a signal to the rest of a process group whose leader has ended.
   *
   * @return whether the group has members
   */
  boolean signalGroup(int leader, Signal signal);

  /** Whether a process group whose leader has ended still has members. */
  boolean groupLives(int leader);

  /**
   * Waits for the end of a process that this program has not started. If it is a child of ours
   * nevertheless, its exit status is exact.
   *
   * @return ends the waiting; null if the process has gone
   */
  @Nullable Runnable onEndOf(int pid, EndListener onEnd);

  /**
   * Runs the action, too, whenever a child has ended, own or inherited from a service, and its
   * listeners have been called.
   */
  void afterEachEnd(Runnable action);

  /**
   * Keeps how children ended that this program has not started, until {@link #reapOrphans}: who
   * waits for them may not be there yet.
   */
  default void keepOrphans() {}

  /** All who wait for children of the program before are there. */
  default void reapOrphans() {}

  /** Kills children that wait for a file system that hangs, so that they start nothing later. */
  default void giveUpLate() {}
}
