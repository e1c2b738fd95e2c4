package org.usersvc.systemd.command;

import org.usersvc.daemon.calendar.TimeSpan;

/** When a timer elapses next, of its times by both clocks. */
final class NextElapse {
  private static final long NANOS = 1000;

  private NextElapse() {}

  /** In microseconds since 1970; 0: never. */
  static long of(Properties timer, Asking asking) {
    long byDay = timer.number("NextElapseUSecRealtime");
    long monotonic = timer.number("NextElapseUSecMonotonic");
    if (monotonic <= 0) {
      return Math.max(0, byDay);
    }
    long nanos = asking.place().host().mechanisms().turns().clock().nanos();
    long byRun = now(asking) + monotonic - nanos / NANOS;
    return byDay <= 0 ? byRun : Math.min(byDay, byRun);
  }

  /** The present moment, in microseconds since 1970. */
  static long now(Asking asking) {
    var now = asking.place().host().mechanisms().turns().clock().wall();
    return now.getEpochSecond() * TimeSpan.SECOND + now.getNano() / NANOS;
  }
}
