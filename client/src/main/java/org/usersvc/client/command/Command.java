package org.usersvc.client.command;

import java.util.Map;
import org.usersvc.client.socket.LostOutputException;
import org.usersvc.client.socket.Output;

/** What a command line comes to. */
public sealed interface Command permits Ask, Activate, ExamineLogin, Linger, Show, ShowLog {
  /** Does it; the exit status. */
  int run(Map<String, String> environment, Output output)
      throws LostOutputException, UsageException;

  /** Reads the arguments of {@code program}. */
  static Command of(Program program, String[] arguments, Map<String, String> environment)
      throws UsageException {
    return program == Program.USERSVC
        ? UsersvcSyntax.parse(arguments, environment)
        : DaemontoolsSyntax.parse(program, arguments, environment);
  }
}
