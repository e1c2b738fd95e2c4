package org.usersvc.client.command;

import java.util.Map;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/** The versions of this client and of the daemon; as JSON that of the daemon alone. */
record Versions(Ask ask) implements Command {
  @Override
  public int run(Map<String, String> environment, Output output)
      throws LostOutputException, UsageException {
    if (!ask.quiet() && !ask.request().json()) {
      output.out(Help.version());
    }
    return ask.run(environment, output);
  }
}
