package org.usersvc.daemon.supervise;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.usersvc.daemon.loop.Timers;
import org.usersvc.daemon.model.Signal;
import org.usersvc.daemon.process.Processes;

/**
 * Process groups whose leader, a run script, has ended while other members live on. They get TERM
 * and CONT, and KILL when their time is over.
 */
final class ProcessGroupCleanup {
  /** The daemon learns the end of a killed group only if its members are its children. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(1);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Map<Integer, Timers.Armed> groups = new HashMap<>();
  private final Set<Integer> unheard = new HashSet<>();
  private final Processes processes;
  private final Timers timers;
  private final Runnable onForgotten;

  /**
   * @param onForgotten run when a group that was killed is no longer waited for
   */
  ProcessGroupCleanup(Processes processes, Timers timers, Runnable onForgotten) {
    this.processes = processes;
    this.timers = timers;
    this.onForgotten = onForgotten;
  }

  /** Ends the rest of the group within the time. */
  void end(int leader, Duration patience) {
    if (processes.signalGroup(leader, Signal.TERM)) {
      processes.signalGroup(leader, Signal.CONT);
      groups.put(leader, timers.after(patience, () -> kill(leader)));
    }
  }

  /**
   * The same for a group of an earlier daemon: the reaper of its members does not notify us, and
   * the leader may not be reaped yet.
   */
  void endUnheard(int leader, Duration patience) {
    unheard.add(leader);
    groups.put(
        leader,
        timers.after(
            LOOK_AGAIN,
            () -> {
              end(leader, patience);
              look(leader, LOOK_AGAIN);
            }));
  }

  private void look(int leader, Duration pause) {
    var timer = groups.get(leader);
    if (timer != null && processes.groupLives(leader)) {
      var longer = pause.multipliedBy(2);
      timers.after(longer, () -> look(leader, longer));
    } else if (timer != null) {
      timer.cancel();
      forget(leader);
    }
  }

  private void kill(int leader) {
    processes.signalGroup(leader, Signal.KILL);
    groups.put(leader, timers.after(AFTER_KILL, () -> forget(leader)));
  }

  private void forget(int leader) {
    unheard.remove(leader);
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
          int leader = group.getKey();
          boolean gone = !unheard.contains(leader) && !processes.groupLives(leader);
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
