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

  /** Runs the action when the client has gone or has got everything. */
  void whenClosed(Runnable action);
}
