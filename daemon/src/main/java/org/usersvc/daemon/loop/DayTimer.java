package org.usersvc.daemon.loop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One wake-up by the clock of the day, as the kernel has it (timerfd). It also wakes if somebody
 * sets that clock. <b>Loop thread only.</b>
 */
public interface DayTimer {
  /** The descriptor that is readable when it has woken. */
  int descriptor();

  /**
   * Wakes at that time, in place of an earlier one; at once if that is over.
   *
   * @param at null: never, not even if the clock is set
   * @return false if somebody has set the clock since the last call: no other report of it follows
   */
  boolean set(@Nullable Instant at);

  /**
   * To be called when the descriptor is readable; it is not readable any more then.
   *
   * @return whether somebody has set the clock
   */
  boolean take();
}
