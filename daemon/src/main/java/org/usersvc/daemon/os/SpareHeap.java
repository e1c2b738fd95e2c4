package org.usersvc.daemon.os;

/**
 * What a burst of work has left of the heap: it has grown, and most of it is garbage, which nothing
 * collects while the daemon rests. <b>Loop thread only.</b>
 */
final class SpareHeap {
  /** A collection is worth its time from so many bytes on. */
  private static final long WORTH = 4 << 20;

  private final Runtime runtime = Runtime.getRuntime();

  /** A native executable says as its total what the heap may have, whatever it has. */
  private final boolean saysOnlyTheMost = runtime.totalMemory() == runtime.maxMemory();

  private long settled = size();

  /** Bytes that the heap takes; of a native executable those of objects, garbage included. */
  private long size() {
    return runtime.totalMemory() - (saysOnlyTheMost ? runtime.freeMemory() : 0);
  }

  /** Whether the heap is larger now than after the last collection here, or at the start. */
  boolean isLarge() {
    long now = size();
    settled = Math.min(settled, now);
    return now - settled >= WORTH;
  }

  /** Collects garbage, whereupon the heap gives memory back. Takes some ten milliseconds. */
  void collect() {
    System.gc();
    settled = size();
  }
}
