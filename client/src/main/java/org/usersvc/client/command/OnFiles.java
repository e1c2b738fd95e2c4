package org.usersvc.client.command;

import java.util.Map;
import org.usersvc.client.local.Console;
import org.usersvc.client.local.Desk;
import org.usersvc.client.local.Errand;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/** What the client does itself with service directories and processes. */
record OnFiles(Errand errand, String instance, boolean json, boolean quiet) implements Command {
  @Override
  public int run(Map<String, String> environment, Output output) throws LostOutputException {
    var console = new Console(output, json, quiet);
    return errand.run(new Desk(environment, instance, console));
  }
}
