package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.Processes;

/**
 * Process groups whose leader, a run script, has ended while others of the group live on. They are
 * told TERM and CONT, and KILL when their time is over.
 */
final class Leftovers {
  /** The end of a killed group is heard of only if its members are children of the daemon. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(1);

  private final Map<Integer, Timers.Armed> groups = new HashMap<>();
  private final Processes processes;
  private final Timers timers;
  private final Runnable onForgotten;

  /**
   * @param onForgotten run when a group that was killed is no longer waited for
   */
  Leftovers(Processes processes, Timers timers, Runnable onForgotten) {
    this.processes = processes;
    this.timers = timers;
    this.onForgotten = onForgotten;
  }

  /** Ends what is left of the group within the time. */
  void end(int leader, Duration patience) {
    if (processes.signalGroup(leader, Signal.TERM)) {
      processes.signalGroup(leader, Signal.CONT);
      groups.put(leader, timers.after(patience, () -> kill(leader)));
    }
  }

  private void kill(int leader) {
    processes.signalGroup(leader, Signal.KILL);
    groups.put(leader, timers.after(AFTER_KILL, () -> forget(leader)));
  }

  private void forget(int leader) {
    groups.remove(leader);
    onForgotten.run();
  }

  /** Kills at once. */
  void hurry() {
    for (var group : Map.copyOf(groups).entrySet()) {
      group.getValue().cancel();
      kill(group.getKey());
    }
  }

  /** Forgets groups that have no members any more; to be called when children were reaped. */
  void review() {
    groups
        .entrySet()
        .removeIf(group -> {
          boolean gone = !processes.groupLives(group.getKey());
          if (gone) {
            group.getValue().cancel();
          }
          return gone;
        });
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }
}
