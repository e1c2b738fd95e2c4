package org.usersvc.daemon.environment;

import java.util.Set;

/**
 * The variables that a service manager gives to one service for itself. What is started with those
 * of another would be taken for a process of that one.
 *
 * <p>Source: systemd.exec(5), "Environment Variables Set or Propagated by the Service Manager";
 * those that systemctl set-environment of systemd 252 leaves out.
 */
public final class OfOneService {
  /** Their names. */
  public static final Set<String> NAMES =
      Set.of(
          "CACHE_DIRECTORY",
          "CONFIGURATION_DIRECTORY",
          "CREDENTIALS_DIRECTORY",
          "EXIT_CODE",
          "EXIT_STATUS",
          "INVOCATION_ID",
          "JOURNAL_STREAM",
          "LISTEN_FDNAMES",
          "LISTEN_FDS",
          "LISTEN_PID",
          "LOGS_DIRECTORY",
          "MAINPID",
          "MANAGERPID",
          "NOTIFY_SOCKET",
          "PIDFILE",
          "REMOTE_ADDR",
          "REMOTE_PORT",
          "RUNTIME_DIRECTORY",
          "SERVICE_RESULT",
          "STATE_DIRECTORY",
          "WATCHDOG_PID",
          "WATCHDOG_USEC");

  private OfOneService() {}
}
