package org.usersvc.client;

import org.usersvc.client.socket.Output;

/**
 * Recorded for the client's cache: each argument is a command line of {@code usersvc}, its words
 * between single blanks. The exit status is that of the last failed one.
 */
public final class Training {
  private Training() {}

  /** Halts as {@link Main} does. */
  public static void main(String[] lines) {
    var output = Output.standard();
    int status = 0;
    for (String line : NativeArguments.of(lines)) {
      int ended = Main.run(line.split(" ", -1), System.getenv(), output);
      status = ended == 0 ? status : ended;
    }
    Runtime.getRuntime().halt(status);
  }
}
