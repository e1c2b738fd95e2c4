package org.usersvc.systemd.timer;

import java.util.Collection;
import java.util.OptionalLong;

/**
 * The times at which something that waits may be woken, by any clock. Immutable.
 *
 * @param earliest its own time
 * @param latest its own time and what it may be late
 */
public record Window(long earliest, long latest) {
  /** The window of that length; one that would be longer than any clock ends there. */
  public static Window of(long earliest, long length) {
    long latest = earliest + Math.max(0, length);
    return new Window(earliest, latest < earliest ? Long.MAX_VALUE : latest);
  }

  /** Whether it may be woken by now. */
  public boolean isOpen(long now) {
    return earliest <= now;
  }

  /**
   * The next time to wake something, so that as few times as possible wake all within their
   * windows: the last time of one of them at which none is late yet. Empty if nothing waits.
   */
  public static OptionalLong next(Collection<Window> waiting) {
    var end = waiting.stream().mapToLong(Window::latest).min();
    return end.isEmpty()
        ? end
        : waiting.stream()
            .mapToLong(Window::earliest)
            .filter(earliest -> earliest <= end.getAsLong())
            .max();
  }
}
