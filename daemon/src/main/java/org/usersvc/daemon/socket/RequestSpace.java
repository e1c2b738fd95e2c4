package org.usersvc.daemon.socket;

/**
 * The memory for unfinished requests of all clients together, beyond the first part of each: a
 * request may be long, but not many at a time. <b>Loop thread only.</b>
 */
final class RequestSpace {
  /** What every request has for itself. */
  static final int OWN = 64 * 1024;

  private static final int MOST = 8 * 1024 * 1024;

  private int used;

  /** Whether a request of {@code before} bytes may grow to {@code after}. */
  boolean grow(int before, int after) {
    int more = beyondOwn(after) - beyondOwn(before);
    if (used + more > MOST) {
      return false;
    }
    used += more;
    return true;
  }

  /** A request of {@code size} bytes is in memory no longer. */
  void release(int size) {
    used -= beyondOwn(size);
  }

  private static int beyondOwn(int size) {
    return Math.max(0, size - OWN);
  }
}
