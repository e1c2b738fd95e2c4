package org.usersvc.daemon.process;

import org.usersvc.daemon.model.ExitStatus;

/** Receives the end of a process, once, on the loop. */
@FunctionalInterface
public interface EndListener {
  /**
   * The process has ended.
   *
   * @param status {@link ExitStatus#UNKNOWN} if the kernel does not give it
   */
  void ended(int pid, ExitStatus status);
}
