package org.usersvc.daemon.execution;

import java.util.List;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.process.Program;
import org.usersvc.daemon.process.SpawnRequest.Confinement;

/**
 * A program to launch, with all its properties. Immutable.
 *
 * @param directory its working directory, absolute
 */
public record Launch(
    Program program,
    String directory,
    Environment environment,
    Confinement confinement,
    Streams streams) {
  /**
   * Its descriptors.
   *
   * @param error if it equals {@code output}, both are the same open file
   * @param passed descriptors of the daemon that the program has as 3, 4 and so on, as the same
   *     open files
   */
  public record Streams(Stream input, Stream output, Stream error, List<Integer> passed) {
    public Streams {
      passed = List.copyOf(passed);
    }

    /** Without descriptors but the standard ones. */
    public static Streams of(Stream input, Stream output, Stream error) {
      return new Streams(input, output, error, List.of());
    }
  }
}
