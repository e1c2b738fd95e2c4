package org.usersvc.daemon.process;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;
import org.usersvc.daemon.model.Signal;

/** Children of the daemon. <b>Loop thread only.</b> */
public interface Processes {
  /**
   * Starts a program in a session of its own, with default signal dispositions, an empty signal
   * mask and no descriptor but 0, 1 and 2.
   */
  SpawnOutcome spawn(SpawnRequest request);

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
   * @param onEnd told once, on the loop, how it ended; {@link ExitStatus#UNKNOWN} if the kernel
   *     does not say
   * @return ends the waiting; null if there is no such process any more, or no descriptor to wait
   *     with
   */
  @Nullable Runnable onEndOf(int pid, Consumer<ExitStatus> onEnd);

  /** The next child that has ended, own or inherited from a service, or null if there is none. */
  @Nullable Reaped reap();

  /** Ends what is still waiting for a file system that hangs, so that it does not start later. */
  default void giveUpLate() {}
}
