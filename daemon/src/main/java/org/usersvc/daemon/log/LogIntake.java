package org.usersvc.daemon.log;

import org.usersvc.daemon.model.ServiceId;

/** Takes on the output of services. <b>Any thread.</b> */
public interface LogIntake {
  /**
   * Reads the pipe into the directory of that name from now on; the descriptor stays the caller's,
   * and open until {@link #end} has answered.
   */
  void begin(LogSource source);

  /**
   * Writes what is in the pipe, closes the directory, then runs {@code done} on the logger's
   * thread. Where nothing of that id has begun, {@code done} runs at once.
   */
  void end(ServiceId id, Runnable done);

  /** A line of the daemon itself, written with a stamp to the directory {@code .usersvcd}. */
  void own(String line);
}
