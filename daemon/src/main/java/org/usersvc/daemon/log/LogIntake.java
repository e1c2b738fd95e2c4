package org.usersvc.daemon.log;

import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.model.ServiceId;

/** Accepts the output of services. <b>Any thread.</b> */
public interface LogIntake {
  /**
   * Begins to write the pipe's lines to the directory of that name. The descriptor stays the
   * caller's, and stays open until {@link #end} has answered.
   */
  void begin(LogSource source);

  /** Writes later lines to the directory of that name, the new name of the service. */
  void rename(ServiceId id, String name);

  /**
   * Writes the pipe's content, closes the directory, then runs {@code done} on the logger's thread,
   * which uses the descriptor no more. If no log of that id has begun, {@code done} runs at once.
   * If another {@link #begin} of the id comes before, {@code done} runs then.
   */
  void end(ServiceId id, Runnable done);

  /**
   * Reads the last lines of a log's newest file; no lines if there is no file.
   *
   * @param name the directory's name
   * @param answer called once with the lines, on the logger's thread
   */
  void last(ServiceId id, String name, int lines, Consumer<List<String>> answer);

  /** Writes a line of the daemon itself, stamped, to the directory {@code .usersvcd}. */
  void own(String line);
}
