package org.usersvc.daemon.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.SequencedCollection;
import java.util.function.Consumer;

/**
 * Long works, done a piece at a time: they take turns, and the loop goes on with its turn when
 * their slice is over. So however long a work is, other actions wait no longer than a slice and the
 * longest piece. <b>Loop thread only.</b>
 *
 * <p>A slice is the time of all works together in one turn; a piece that has begun is not cut
 * short.
 */
public final class Pieces {
  private final ArrayDeque<Work> works = new ArrayDeque<>();
  private final Clock clock;
  private final long slice;

  /** Work to be done in pieces. */
  @FunctionalInterface
  public interface Work {
    /** Does the next piece, of a few milliseconds at most; false if it was the last one. */
    boolean next();
  }

  Pieces(Clock clock, Duration slice) {
    this.clock = clock;
    this.slice = slice.toNanos();
  }

  /** Adds work, which is done in the current turn and as many later ones as it takes. */
  public void add(Work work) {
    works.add(work);
  }

  /**
   * Performs an action with each element, one for each piece.
   *
   * @param done called after the last, when all that follows from it has been done
   */
  public <T> void each(Iterable<T> all, Consumer<? super T> action, Runnable done) {
    add(new Each<T>(all.iterator(), action, done));
  }

  /** As {@link #each} with the elements of a queue until it is empty; each is removed first. */
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

    /** Does one element; if that fails, the others follow all the same. */
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

  /** Does pieces until no work is left, or the slice is over. */
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
