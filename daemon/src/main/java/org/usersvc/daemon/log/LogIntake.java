package org.usersvc.daemon.log;

import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.model.ServiceId;

/** Takes on the output of services. <b>Any thread.</b> */
public interface LogIntake {
  /**
   * Reads the pipe into the directory of that name from now on; the descriptor stays the caller's,
   * and open until {@link #end} has answered.
   */
  void begin(LogSource source);

  /** What comes from now on goes to the directory of that name: the service is called so now. */
  void rename(ServiceId id, String name);

  /**
   * Writes what is in the pipe, closes the directory, then runs {@code done} on the logger's
   * thread, which uses the descriptor no more. Where nothing of that id has begun, {@code done}
   * runs at once. If another {@link #begin} of the id comes before, {@code done} runs then.
   */
  void end(ServiceId id, Runnable done);

  /**
   * Reads the last lines of a log, as they are in its newest file; none if there is none.
   *
   * @param name of the directory
   * @param answer told once, on the logger's thread
   */
  void last(ServiceId id, String name, int lines, Consumer<List<String>> answer);

  /** A line of the daemon itself, written with a stamp to the directory {@code .usersvcd}. */
  void own(String line);
}
