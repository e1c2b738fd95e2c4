package org.usersvc.daemon.process;

import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Signal;

/** Children of the daemon. <b>Loop thread only.</b> */
public interface Processes {
  /**
   * Starts a program in a session of its own, with default signal dispositions, an empty signal
   * mask and no descriptor but 0, 1 and 2.
   *
   * @param onEnd hears of its end, after those of {@link #onEndOf}: what it has led ends before it
   *     is started again
   */
  SpawnOutcome spawn(SpawnRequest request, EndListener onEnd);

  /** Whether that process was spawned, and its end is still to be heard of. */
  boolean isSpawned(int pid);

  /** Sends a signal to one process; a process that is gone is no error. */
  void signal(int pid, Signal signal);

  /**
   * Sends a signal to what is left of a process group whose leader has ended.
   *
   * @return whether anything is left
   */
  boolean signalGroup(int leader, Signal signal);

  /** Whether a process group whose leader has ended still has members. */
  boolean groupLives(int leader);

  /**
   * Waits for the end of a process that this program has not started; it may be a child of ours
   * nevertheless, whose exit status is then exact.
   *
   * @return ends the waiting; null if there is no such process any more
   */
  @Nullable Runnable onEndOf(int pid, EndListener onEnd);

  /** Runs the action whenever a child has ended, own or inherited from a service. */
  void afterEachEnd(Runnable action);

  /** Ends what is still waiting for a file system that hangs, so that it does not start later. */
  default void giveUpLate() {}
}
