package org.usersvc.daemon.order;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.EventLoop;

/**
 * Does one thing after another to services. Every input, such as a letter, the end of a process, or
 * a timer, is one action of the loop; all its consequences follow before the loop goes on. An
 * action feeds no event to a process itself: it adds that as work here and returns, and then the
 * loop does the work. (It may note what does not move a process, such as a status text.) Work may
 * add further work. So no event comes in the midst of another, and code that needs the outcome runs
 * at {@link Stage#ANSWER}. <b>Loop thread only.</b>
 *
 * <p>Work is an action, not a pair of a process and an event: letters are read and needs looked at
 * in the same order between events, and only when their turn comes is it known which events they
 * are.
 *
 * <p>The order is that of dinit's two queues (service.h, "Two-phase transition"): while there are
 * events, they happen, in the order in which they were added; then the dependents of services that
 * have moved are looked at, which may add events again. Before both, a starting service asks for
 * what it needs, so that it is not found missing. Between both, work that has waited for the last
 * event goes on. After both, requests are answered.
 */
public final class Agenda {
  /** The stages; all work of an earlier one is done first. */
  public enum Stage {
    /** A service asks what it needs to start. */
    ASK,
    /** An event happens to a process. */
    HAPPEN,
    /** All events have happened: waiting work looks again. */
    REVIEW,
    /** The dependents of a moved service look at it. */
    SPREAD,
    /** All consequences have happened: requests are answered. */
    ANSWER
  }

  private final Map<Stage, ArrayDeque<Runnable>> open = new EnumMap<>(Stage.class);

  /**
   * Begins empty.
   *
   * @param loop does the added work after each of its actions
   */
  public Agenda(EventLoop loop) {
    loop.followEach(this::next);
  }

  /** Adds work, which is done in its turn before the loop's next action. */
  public void add(Stage stage, Runnable work) {
    open.computeIfAbsent(stage, _ -> new ArrayDeque<>()).add(work);
  }

  private @Nullable Runnable next() {
    for (var queue : open.values()) {
      if (!queue.isEmpty()) {
        return queue.remove();
      }
    }
    return null;
  }
}
