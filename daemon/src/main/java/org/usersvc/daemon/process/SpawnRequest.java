package org.usersvc.daemon.process;

import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Limits;

/**
 * One program to start.
 *
 * @param directory its working directory
 * @param environment its environment
 * @param mark its mark, see {@link Mark#name}; empty for a program of no service
 * @param redirects its descriptors; by default standard input, output and error are the daemon's
 *     own, and all others are closed
 */
public record SpawnRequest(
    Place directory,
    Program program,
    Environment environment,
    String mark,
    Confinement confinement,
    List<Redirect> redirects) {
  /** A program of no service, with the daemon's own limits. */
  public SpawnRequest(
      Place directory, Program program, Environment environment, List<Redirect> redirects) {
    this(directory, program, environment, "", Confinement.NONE, redirects);
  }

  /** The working directory of a program. */
  public sealed interface Place {
    /** A directory that the daemon has open. */
    record Open(int descriptor) implements Place {}

    /** A directory by its absolute path. */
    record At(String path) implements Place {}
  }

  /**
   * Limits and traits that are not the daemon's own. A refused one does not prevent the start.
   *
   * @param refused called on the loop with all that the kernel has refused, even if there is
   *     nothing, before the outcome of each spawn whose limits could be tried
   */
  public record Confinement(Limits limits, Traits traits, Consumer<List<Refusal>> refused) {
    public static final Confinement NONE = silent(Limits.NONE);

    /** Only limits. */
    public Confinement(Limits limits, Consumer<List<Refusal>> refused) {
      this(limits, Traits.NONE, refused);
    }

    /** Refusals are ignored. */
    public static Confinement silent(Limits limits) {
      return new Confinement(limits, _ -> {});
    }
  }

  /** How the program gets a file: it is opened anew, or shared. */
  public enum Access {
    READ,
    WRITE,
    BOTH,

    /** The daemon's own open file, for a socket, which cannot be opened anew. */
    SHARED
  }

  /**
   * One descriptor of the program.
   *
   * @param target its number there, 0 or more
   * @param source the descriptor of the daemon
   */
  public record Redirect(int target, int source, Access access) {}

  /** The daemon's descriptor behind the program's {@code target}, -1 if none was named. */
  public int sourceOf(int target) {
    for (var redirect : redirects) {
      if (redirect.target() == target) {
        return redirect.source();
      }
    }
    return -1;
  }
}
