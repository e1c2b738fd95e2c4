package org.usersvc.daemon.socket;

import java.util.List;

/** The answer to a client. Lines hold no newline. */
public interface Answer {
  /** Exit status of an invalid request. */
  int USAGE = 100;

  /** The client's process, 0 if it is not visible from here. */
  int clientPid();

  /** The open connection, -1 if it is closed. */
  int descriptor();

  /** A line for the client's standard output. */
  void out(String line);

  /** A line for the client's standard error. */
  void err(String line);

  /**
   * Ends the answer: the client executes its own words from one on.
   *
   * @param assignments variables for that, without newlines
   * @param directory where; empty: where the client is
   */
  void become(int word, List<String> assignments, String directory);

  /** Ends the answer with the exit status. */
  void end(int status);

  /**
   * Runs a piece of the request. If it throws, because the daemon has a bug, the answer ends: no
   * client is left waiting.
   */
  default void attempt(Runnable piece) {
    boolean done = false;
    try {
      piece.run();
      done = true;
    } finally {
      if (!done) {
        err("usersvc: an error inside usersvcd, see its log");
        end(1);
      }
    }
  }

  /** Sets how many bytes the request keeps in memory until it is answered. */
  void keeps(long bytes);

  /** The answer has no end of its own, and the client does not wait for one. */
  default void lasts() {}

  /** Runs the action when the client has gone or has received everything. */
  void whenClosed(Runnable action);
}
