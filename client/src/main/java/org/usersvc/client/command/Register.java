package org.usersvc.client.command;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.usersvc.client.login.LoginEntries;
import org.usersvc.client.socket.ControlSocket;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;
import org.usersvc.client.socket.UnreachableException;

/**
 * Registers a session. A desktop that is started by a login may be faster than the daemon, which
 * the same login has started: where logins are attended, the daemon is waited for.
 */
record Register(Ask ask) implements Command {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A socket that is bound and not yet listened to would tell nobody of its progress. */
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  @Override
  public int run(Map<String, String> environment, Output output)
      throws LostOutputException, UsageException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var socket = ControlSocket.locate(environment, ask.instance());
      try {
        return ask.ask(socket, output);
      } catch (UnreachableException e) {
        if (System.nanoTime() - end >= 0 || !LoginEntries.areMade(environment)) {
          return ask.unreachable(socket, e, output);
        }
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }
}
