package org.usersvc.daemon.process;

import org.usersvc.daemon.model.ExitStatus;

/** Hears of the end of a process, once, on the loop. */
@FunctionalInterface
public interface EndListener {
  /**
   * The process has ended.
   *
   * @param status how; {@link ExitStatus#UNKNOWN} if the kernel does not say
   */
  void ended(int pid, ExitStatus status);
}
