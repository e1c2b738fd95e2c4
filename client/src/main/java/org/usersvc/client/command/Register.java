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
 * Registers a session. The same login may start a desktop and the daemon, and the desktop may be
 * faster: where logins are attended, this waits for the daemon.
 */
record Register(Ask ask) implements Command {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** No event shows when a socket that is bound begins to listen. */
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
