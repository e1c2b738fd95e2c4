package org.usersvc.daemon.extension;

import java.util.function.Consumer;

/** The daemon as a whole. <b>Loop thread only.</b> */
public interface Whole {
  /**
   * Ends the daemon as a TERM does, a little later; nothing if it ends already.
   *
   * @param status its exit status
   */
  void end(int status);

  /**
   * Executes the program of the daemon anew, usually a new version. All connections break then.
   *
   * @param refused is given the reason if it cannot be replaced
   */
  void replace(Consumer<String> refused);

  /** The least grave messages that are logged. */
  Level logLevel();

  /** Logs messages of that level and graver ones, until the daemon ends. */
  void logLevel(Level level);

  /** How grave a message is, the gravest first. */
  enum Level {
    ERROR,
    WARNING,
    INFO,
    DEBUG
  }
}
