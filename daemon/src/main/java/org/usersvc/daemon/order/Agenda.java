package org.usersvc.daemon.order;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.EventLoop;

/**
 * What happens to services, one thing after another. Whatever comes from outside, such as a letter,
 * the end of a process, or a timer, is one action of the loop, and is followed by all that it leads
 * to before the loop goes on. An action does nothing to a service itself: it adds here what is to
 * be done, returns, and then the loop does that. What is done adds what follows from it. So nothing
 * is done in the midst of something else, and who wants to know what has come of it asks at {@link
 * Stage#ANSWER}. <b>Loop thread only.</b>
 *
 * <p>The order is that of dinit's two queues (service.h, "Two-phase transition"): while there are
 * events, they happen, in the order in which they were added; then those that depend on what has
 * moved are looked at, which may add events again. Before both, a service that is to start asks for
 * what it needs, so that it is not found missing; between both, what has waited until all that was
 * known was followed goes on; after both, whoever has asked is answered.
 */
public final class Agenda {
  /** What is done first, as long as there is any of it. */
  public enum Stage {
    /** A service asks what it needs to start. */
    ASK,
    /** An event happens to a process. */
    HAPPEN,
    /** What has waited until there are no events looks again. */
    REVIEW,
    /** Services that depend on one that has moved look at it. */
    SPREAD,
    /** Nothing follows any more: what was asked for is answered. */
    ANSWER
  }

  private final Map<Stage, ArrayDeque<Runnable>> open = new EnumMap<>(Stage.class);

  /**
   * Begins with nothing.
   *
   * @param loop has what was added done after each of its actions
   */
  public Agenda(EventLoop loop) {
    loop.followEach(this::next);
  }

  /** Has it done before the loop's next action, in its turn. */
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
