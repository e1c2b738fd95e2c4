package org.usersvc.daemon.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The traits of a new process beside its limits. Immutable.
 *
 * @param pidNames variables that get the decimal pid of the new process, as {@code LISTEN_PID}
 * @param ignoresBrokenPipe whether it ignores SIGPIPE; otherwise all its signals have their default
 *     dispositions
 * @param oomScore {@code oom_score_adj} of proc(5), -1000 to 1000; null: the daemon's
 * @param ioPriority null: that of the daemon
 */
public record Traits(
    List<String> pidNames,
    boolean ignoresBrokenPipe,
    @Nullable Integer oomScore,
    @Nullable IoPriority ioPriority) {
  public static final Traits NONE = new Traits(List.of(), false, null, null);

  public Traits {
    pidNames = List.copyOf(pidNames);
  }

  /**
   * The priority of ioprio_set(2).
   *
   * @param type the class: 1 real time, 2 best effort, 3 idle
   * @param level 0, the highest, to 7
   */
  public record IoPriority(int type, int level) {}
}
