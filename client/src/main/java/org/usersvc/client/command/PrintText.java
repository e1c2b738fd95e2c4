package org.usersvc.client.command;

import java.util.Map;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/** Text of the client itself: the help, its version, or nothing at all. */
record PrintText(String text) implements Command {
  @Override
  public int run(Map<String, String> environment, Output output) throws LostOutputException {
    output.out(text);
    return ExitStatus.DONE.code();
  }
}
