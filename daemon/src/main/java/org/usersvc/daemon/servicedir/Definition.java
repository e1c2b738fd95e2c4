package org.usersvc.daemon.servicedir;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.Limits;
import org.usersvc.daemon.model.RestartRule;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.schedule.Schedule;

/**
 * The treatment of run, as the small files of a service directory define it. Immutable. {@link
 * DefinitionReader#stopBound} is apart from it, as it counts at once.
 *
 * @param oneshot whether run ends by itself and then counts as up ({@code type})
 * @param restart the content of {@code restart}, null if there is no such file
 * @param readiness how run notifies that it is ready
 * @param times the content of {@code timeout-ready}, {@code -finish} and {@code -watchdog}
 * @param signals the signals in place of TERM and HUP
 * @param needs the services that it cannot be without, and those that it only waits for
 * @param lingers whether it runs on when there is no login any more
 * @param directory where run starts: absolute, below {@code ~}, or relative to the service
 *     directory; null: in that
 * @param limits of all its scripts
 * @param triggers what starts it beside commands
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
    Limits limits,
    Triggers triggers) {
  /** The definition of a directory with only a run. */
  public static final Definition PLAIN =
      new Definition(
          false,
          null,
          new Readiness(0, false),
          new Times(null, null, null),
          new Signals(Signal.TERM, Signal.HUP),
          Needs.NONE,
          false,
          null,
          Limits.NONE,
          Triggers.NONE);

  /**
   * How run notifies that it is ready.
   *
   * @param descriptor the descriptor on which it writes a newline, 0 if it does not
   * @param notifies whether it uses sd_notify(3)
   */
  public record Readiness(int descriptor, boolean notifies) {}

  /**
   * What starts it beside commands.
   *
   * @param schedule the content of {@code schedule}, null if there is no such file
   * @param watch the lines of {@code watch}: paths as they were written
   */
  public record Triggers(@Nullable Schedule schedule, List<String> watch) {
    public static final Triggers NONE = new Triggers(null, List.of());

    public Triggers {
      watch = List.copyOf(watch);
    }
  }

  /** Whether it starts at its times, runs to its end, and is otherwise down. */
  public boolean isScheduled() {
    return triggers.schedule() != null;
  }

  /**
   * Bounds; null: none.
   *
   * @param ready for run to become ready
   * @param finish for finish to end
   * @param watchdog between two pings of run
   */
  public record Times(
      @Nullable Duration ready, @Nullable Duration finish, @Nullable Duration watchdog) {}

  /**
   * The signals for two purposes.
   *
   * @param down ends run
   * @param reload makes run read its configuration again
   */
  public record Signals(Signal down, Signal reload) {}

  /**
   * Other services, by name.
   *
   * @param hard services that have to be up while this one is
   * @param soft services that this one waits for as long as they are on their way up
   */
  public record Needs(Set<String> hard, Set<String> soft) {
    public static final Needs NONE = new Needs(Set.of(), Set.of());

    public boolean isEmpty() {
      return hard.isEmpty() && soft.isEmpty();
    }
  }
}
