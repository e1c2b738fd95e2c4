package org.usersvc.daemon.os;

/**
 * What a burst of work has left of the heap: it has grown, and most of it is garbage, which nothing
 * collects while the daemon rests. <b>Loop thread only.</b>
 */
final class SpareHeap {
  /** A collection is worth its time from so many bytes on. */
  private static final long WORTH = 4 << 20;

  private long settled = Runtime.getRuntime().totalMemory();

  /** Whether the heap is larger now than after the last collection here, or at the start. */
  boolean isLarge() {
    long now = Runtime.getRuntime().totalMemory();
    settled = Math.min(settled, now);
    return now - settled >= WORTH;
  }

  /** Collects garbage, whereupon the JVM gives memory back. Takes some ten milliseconds. */
  void collect() {
    System.gc();
    settled = Runtime.getRuntime().totalMemory();
  }
}
