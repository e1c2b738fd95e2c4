package org.usersvc.daemon.loop;

import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The pending wake-ups. <b>Loop thread only.</b> */
public final class Timers {
  /** One wake-up; it fires once or is cancelled. */
  public final class Armed implements Comparable<Armed> {
    private final long due;
    private Runnable action;
    private boolean waits = true;

    private Armed(long due, Runnable action) {
      this.due = due;
      this.action = action;
    }

    /** How long until it fires; zero if it is overdue. */
    public Duration left() {
      return Duration.ofNanos(Math.max(0, due - clock.nanos()));
    }

    /** Drops the action; the entry stays in the queue until its time, or until half are such. */
    public void cancel() {
      if (waits) {
        waits = false;
        action = Timers::doNothing;
        cancelled++;
        if (cancelled > MOST_CANCELLED && cancelled > queue.size() / 2) {
          queue.removeIf(each -> !each.waits);
          cancelled = 0;
        }
      }
    }

    @Override
    public int compareTo(Armed other) {
      return Long.signum(due - other.due);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** A longer delay is cut to this. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final int MOST_CANCELLED = 32;

  private final PriorityQueue<Armed> queue = new PriorityQueue<>();
  private int cancelled;
  private final Clock clock;

  public Timers(Clock clock) {
    this.clock = clock;
  }

  private static void doNothing() {}

  /** Runs the action on the loop after the delay. */
  public Armed after(Duration delay, Runnable action) {
    long nanos = delay.compareTo(LONGEST) < 0 ? delay.toNanos() : LONGEST.toNanos();
    var timer = new Armed(clock.nanos() + nanos, action);
    queue.add(timer);
    return timer;
  }

  /** How many wake-ups are pending. */
  public int pending() {
    return queue.size() - cancelled;
  }

  @Nullable Runnable takeDue(long now) {
    var first = first();
    if (first == null || first.due - now > 0) {
      return null;
    }
    queue.remove();
    first.waits = false;
    return first.action;
  }

  private @Nullable Armed first() {
    var first = queue.peek();
    while (first != null && !first.waits) {
      queue.remove();
      cancelled--;
      first = queue.peek();
    }
    return first;
  }

  /** Milliseconds until the first wake-up is due, rounded up; -1 if there is none. */
  int millisToNext(long now) {
    var first = first();
    if (first == null) {
      return -1;
    }
    long nanos = Math.max(0, first.due - now);
    return (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
  }
}
