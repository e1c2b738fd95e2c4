package org.usersvc.daemon.process;

import java.util.List;
import org.usersvc.daemon.model.Environment;

/**
 * One program to start.
 *
 * @param directory descriptor of its working directory
 * @param program path relative to that directory; also its argv[0]
 * @param arguments what follows argv[0]
 * @param environment what it gets
 * @param mark what it is known by, see {@link Mark#process}; empty for one that is of no service
 * @param redirects its descriptors; standard input, output and error are the daemon's own where
 *     nothing else is said, all others are closed
 */
public record SpawnRequest(
    int directory,
    String program,
    List<String> arguments,
    Environment environment,
    String mark,
    List<Redirect> redirects) {
  /** One that is of no service. */
  public SpawnRequest(
      int directory,
      String program,
      List<String> arguments,
      Environment environment,
      List<Redirect> redirects) {
    this(directory, program, arguments, environment, "", redirects);
  }

  /** How a descriptor is opened. */
  public enum Access {
    READ,
    WRITE,
    BOTH
  }

  /**
   * One descriptor of the program.
   *
   * @param target its number there
   * @param source the descriptor of the daemon whose file is opened anew for it
   */
  public record Redirect(int target, int source, Access access) {}

  /** The daemon's descriptor behind the program's {@code target}, -1 if none was named. */
  public int sourceOf(int target) {
    return redirects.stream()
        .filter(redirect -> redirect.target() == target)
        .mapToInt(Redirect::source)
        .findFirst()
        .orElse(-1);
  }
}
