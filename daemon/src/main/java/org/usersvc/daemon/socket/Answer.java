package org.usersvc.daemon.socket;

/** What a client is told. Lines hold no newline. */
public interface Answer {
  /** Exit status of a request that makes no sense. */
  int USAGE = 100;

  /** The client's process, 0 if it is not visible from here. */
  int clientPid();

  /** The open connection, -1 if it is closed. */
  int descriptor();

  /** A line for the client's standard output. */
  void out(String line);

  /** A line for the client's standard error. */
  void err(String line);

  /** The exit status; nothing follows it. */
  void end(int status);

  /**
   * Does a piece of what was asked. If that finds a mistake in the daemon itself, the answer ends
   * with it: nobody is left waiting.
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

  /** So many bytes are in memory for the request until it is answered. */
  void keeps(long bytes);

  /** It has no end of its own, and the client does not wait for one. */
  default void lasts() {}

  /** Runs the action when the client has gone or has got everything. */
  void whenClosed(Runnable action);
}
