package org.usersvc.daemon.servicedir;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.RestartRule;
import org.usersvc.daemon.model.Signal;

/**
 * What the small files of a service directory say of how run is to be treated. Immutable.
 *
 * @param oneshot whether run runs to its end and then counts as up ({@code type})
 * @param restart what {@code restart} says, null if there is no such file
 * @param readiness how run tells that it is ready
 * @param times what {@code timeout-*} say
 * @param signals what is sent in place of TERM and HUP
 * @param needs the services that it cannot be without, and those that it only waits for
 * @param lingers whether it runs on when nobody is logged in any more
 * @param directory where run starts: absolute, below {@code ~}, or relative to the service
 *     directory; null: in that
 * @param limits of all its scripts
 */
public record Definition(
    boolean oneshot,
    @Nullable RestartRule restart,
    Readiness readiness,
    Times times,
    Signals signals,
    Needs needs,
    boolean lingers,
    @Nullable String directory,
    Limits limits) {
  /** A directory with run and nothing else. */
  public static final Definition PLAIN =
      new Definition(
          false,
          null,
          new Readiness(0, false),
          new Times(null, null, null),
          new Signals(Signal.TERM, Signal.HUP),
          new Needs(Set.of(), Set.of()),
          false,
          null,
          Limits.NONE);

  /**
   * How run tells that it is ready.
   *
   * @param descriptor the descriptor on which it writes a newline, 0 if it does not
   * @param notifies whether it uses sd_notify(3)
   */
  public record Readiness(int descriptor, boolean notifies) {}

  /**
   * Bounds; null: none.
   *
   * @param ready for run to become ready
   * @param finish for finish to end
   * @param watchdog between two signs of life of run
   */
  public record Times(
      @Nullable Duration ready, @Nullable Duration finish, @Nullable Duration watchdog) {}

  /**
   * Which signals mean what.
   *
   * @param down ends run
   * @param reload has run read its configuration again
   */
  public record Signals(Signal down, Signal reload) {}

  /**
   * Other services, by name.
   *
   * @param hard what has to be up while this one is
   * @param soft what is waited for as long as it is on its way
   */
  public record Needs(Set<String> hard, Set<String> soft) {
    public boolean isEmpty() {
      return hard.isEmpty() && soft.isEmpty();
    }
  }
}
