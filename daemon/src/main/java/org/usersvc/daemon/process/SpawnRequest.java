package org.usersvc.daemon.process;

import java.util.List;
import java.util.function.Consumer;
import org.usersvc.daemon.model.Environment;
import org.usersvc.daemon.model.Limits;

/**
 * One program to start.
 *
 * @param directory its working directory
 * @param environment what it gets
 * @param mark what it is known by, see {@link Mark#name}; empty for one that is of no service
 * @param redirects its descriptors; standard input, output and error are the daemon's own where
 *     nothing else is said, all others are closed
 */
public record SpawnRequest(
    Place directory,
    Program program,
    Environment environment,
    String mark,
    Confinement confinement,
    List<Redirect> redirects) {
  /** One that is of no service, and has the daemon's own limits. */
  public SpawnRequest(
      Place directory, Program program, Environment environment, List<Redirect> redirects) {
    this(directory, program, environment, "", Confinement.NONE, redirects);
  }

  /** Where a program is started. */
  public sealed interface Place {
    /** A directory that the daemon has open. */
    record Open(int descriptor) implements Place {}

    /** A directory by its absolute path. */
    record At(String path) implements Place {}
  }

  /**
   * Limits that are not the daemon's own. What the kernel refuses keeps nothing from starting.
   *
   * @param refused told on the loop of all limits that the kernel has refused, none if it has not,
   *     before the outcome of each spawn with limits that could be tried
   */
  public record Confinement(Limits limits, Consumer<List<Refusal>> refused) {
    public static final Confinement NONE = silent(Limits.NONE);

    /** One whose refusals nobody hears of. */
    public static Confinement silent(Limits limits) {
      return new Confinement(limits, _ -> {});
    }
  }

  /** How a descriptor comes to the program: its file is opened anew, or shared. */
  public enum Access {
    READ,
    WRITE,
    BOTH,

    /** The daemon's own open file, for what cannot be opened anew: a socket. */
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
