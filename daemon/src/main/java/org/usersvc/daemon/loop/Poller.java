package org.usersvc.daemon.loop;

/** Waits for descriptors to become ready (epoll). */
public interface Poller {
  /** Called with each descriptor that is ready. */
  @FunctionalInterface
  interface Ready {
    void descriptor(int descriptor);
  }

  /** Begins to report when the descriptor is readable. */
  void watch(int descriptor);

  /** Reports from now on if it is readable, writable, both, or only if its other end is gone. */
  void change(int descriptor, boolean readable, boolean writable);

  /** To be called before the descriptor is closed. */
  void forget(int descriptor);

  /**
   * Sleeps until a descriptor is ready, {@link #wake} is called, or the time is over.
   *
   * @param timeoutMillis 0: does not sleep, -1: for ever
   */
  void await(int timeoutMillis, Ready ready);

  /** Makes a wake-up by the clock of the day, whose descriptor can be watched here. */
  DayTimer dayTimer();

  /** Ends the present or next {@link #await}. <b>Any thread.</b> */
  void wake();
}
