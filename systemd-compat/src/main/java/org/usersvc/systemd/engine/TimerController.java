package org.usersvc.systemd.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A timer at run time. <b>Loop thread only.</b> */
public interface TimerController extends Controller {
  /** When it elapses next by the clock of the day; empty: it waits for no such time. */
  Optional<Instant> nextByDay();

  /** When it elapses next by the monotonic clock, in nanoseconds; the earlier of both counts. */
  OptionalLong nextByNanos();

  /**
   * The next time of each line that makes it elapse, in their order: microseconds of the clock by
   * which it counts, without any delay; 0: there is none. Empty: nothing is known.
   */
  List<Long> nextOfEach();

  /** When it has started its unit last, by the clock of the day. */
  Optional<Instant> lastByDay();

  /** The same by the monotonic clock; empty if that was before the timer was started. */
  OptionalLong lastByNanos();

  /** Why it ended, as {@code Result} shows it. */
  String result();
}
