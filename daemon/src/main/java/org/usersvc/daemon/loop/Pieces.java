package org.usersvc.daemon.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.SequencedCollection;
import java.util.function.Consumer;

/**
 * Work that may be long, done a piece at a time: all works take turns, and the loop goes on with
 * its turn when they have had enough of it. So however much somebody asks for, nobody else waits
 * longer than a slice and the longest piece. <b>Loop thread only.</b>
 *
 * <p>A slice is so much of a turn as they may have together; a piece that has begun is not cut
 * short.
 */
public final class Pieces {
  private final ArrayDeque<Work> works = new ArrayDeque<>();
  private final Clock clock;
  private final long slice;

  /** Something to do in pieces. */
  @FunctionalInterface
  public interface Work {
    /** Does the next piece, of a few milliseconds at most; false if that was the last. */
    boolean next();
  }

  Pieces(Clock clock, Duration slice) {
    this.clock = clock;
    this.slice = slice.toNanos();
  }

  /** Has the work done in this turn, if one is on, and as many of the next as it takes. */
  public void add(Work work) {
    works.add(work);
  }

  /**
   * Performs an action with each of them, one a piece.
   *
   * @param done run after the last, when all has happened that it has led to
   */
  public <T> void each(Iterable<T> all, Consumer<? super T> action, Runnable done) {
    add(new Each<T>(all.iterator(), action, done));
  }

  /**
   * As {@link #each} with all that is in the queue until it is empty; what is done is taken out
   * first.
   */
  public <T> void drain(SequencedCollection<T> queue, Consumer<? super T> action, Runnable done) {
    each(() -> new Draining<>(queue), action, done);
  }

  private record Draining<T>(SequencedCollection<T> queue) implements Iterator<T> {
    @Override
    public boolean hasNext() {
      return !queue.isEmpty();
    }

    @Override
    public T next() {
      return queue.removeFirst();
    }
  }

  private final class Each<T> implements Work {
    private final Iterator<T> rest;
    private final Consumer<? super T> action;
    private final Runnable done;
    private boolean over;

    Each(Iterator<T> rest, Consumer<? super T> action, Runnable done) {
      this.rest = rest;
      this.action = action;
      this.done = done;
    }

    private void perform() {
      over = !rest.hasNext();
      if (over) {
        done.run();
      } else {
        action.accept(rest.next());
      }
    }

    /** What fails is one of them; the others come all the same. */
    @Override
    public boolean next() {
      boolean fails = true;
      try {
        perform();
        fails = false;
        return !over;
      } finally {
        if (fails && !over) {
          add(this);
        }
      }
    }
  }

  boolean isEmpty() {
    return works.isEmpty();
  }

  /** Goes on with them until nothing is left, or the slice is over. */
  void run(Consumer<Runnable> performer) {
    long end = clock.nanos() + slice;
    while (!works.isEmpty() && end - clock.nanos() > 0) {
      var work = works.remove();
      performer.accept(() -> {
        if (work.next()) {
          works.add(work);
        }
      });
    }
  }
}
