package org.usersvc.daemon.platform;

/** What the daemon has to say to its user; one line each. */
public interface Messages {
  /** Something was survived; names the file and the remedy. */
  void warn(String line);

  /** A service changed its state without having been asked to. */
  void info(String line);

  /** Anything else worth following. */
  void debug(String line);
}
