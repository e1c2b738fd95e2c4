package org.usersvc.client.command;

import java.util.Map;

/** The command lines of all programs. */
public final class Syntax {
  private Syntax() {}

  /** Reads the arguments of {@code program}. */
  public static Command parse(Program program, String[] arguments, Map<String, String> environment)
      throws UsageException {
    return program == Program.USERSVC
        ? UsersvcSyntax.parse(arguments, environment)
        : DaemontoolsSyntax.parse(program, arguments, environment);
  }
}
