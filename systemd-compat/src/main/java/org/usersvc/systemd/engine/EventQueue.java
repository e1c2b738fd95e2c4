package org.usersvc.systemd.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The events of one unit. They are handled one after the other: what the handling of one leads to
 * comes after it, and never in its midst. <b>Loop thread only.</b>
 *
 * @param <E> the events of a type of units
 */
public final class EventQueue<E> {
  private final Deque<E> waiting = new ArrayDeque<>();
  private final Consumer<E> handler;
  private boolean handling;

  /** An empty queue. */
  public EventQueue(Consumer<E> handler) {
    this.handler = handler;
  }

  /** Handles an event: before this returns, unless another one is being handled. */
  public void add(E event) {
    waiting.add(event);
    if (handling) {
      return;
    }
    handling = true;
    try {
      for (var next = waiting.poll(); next != null; next = waiting.poll()) {
        handler.accept(next);
      }
    } finally {
      handling = false;
    }
  }
}
