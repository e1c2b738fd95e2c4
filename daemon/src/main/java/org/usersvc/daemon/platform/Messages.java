package org.usersvc.daemon.platform;

/** The daemon's messages to its user; one line each. */
public interface Messages {
  /** A fault was survived; names the file and the remedy. */
  void warn(String line);

  /** A service has changed its state unasked. */
  void info(String line);

  /** Anything else worth following. */
  void debug(String line);
}
