package org.usersvc.daemon.order;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.EventLoop;

/**
 * What happens to services, one thing after another. Whatever comes from outside, such as a letter,
 * the end of a process, or a timer, is followed by all that it leads to before anything else comes.
 * What it leads to is never done in the midst of something: it is added here, and has its turn.
 * <b>Loop thread only.</b>
 *
 * <p>The order is that of dinit's two queues (service.h, "Two-phase transition"): while there are
 * events, they happen, in the order in which they were added; then those that depend on what has
 * moved are looked at, which may add events again. Before both, a service that is to start asks for
 * what it needs, so that it is not found missing; between both, what has waited until all that was
 * known was followed goes on.
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
    SPREAD
  }

  private final Map<Stage, ArrayDeque<Runnable>> open = new EnumMap<>(Stage.class);

  private final EventLoop loop;

  /** Whether something is being done. */
  private boolean busy;

  public Agenda(EventLoop loop) {
    this.loop = loop;
  }

  /** Has it done, with all that follows: now, or after what is being done. */
  public void add(Stage stage, Runnable work) {
    open.computeIfAbsent(stage, _ -> new ArrayDeque<>()).add(work);
    if (!busy) {
      goOn();
    }
  }

  /** What fails is one of them; what is left then is done with the next, or in the next turn. */
  private void goOn() {
    busy = true;
    try {
      for (var queue = next(); queue != null; queue = next()) {
        queue.remove().run();
      }
    } finally {
      busy = false;
      if (next() != null) {
        loop.soon(this::goOn);
      }
    }
  }

  private @Nullable ArrayDeque<Runnable> next() {
    for (var queue : open.values()) {
      if (!queue.isEmpty()) {
        return queue;
      }
    }
    return null;
  }
}
