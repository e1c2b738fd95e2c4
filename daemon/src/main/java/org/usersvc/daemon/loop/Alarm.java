package org.usersvc.daemon.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One wake-up that is set, set anew and cleared; at most one at a time. <b>Loop thread only.</b>
 */
public final class Alarm {
  private final Timers timers;
  private Timers.@Nullable Armed armed;

  /** Not set. */
  public Alarm(Timers timers) {
    this.timers = timers;
  }

  /** Runs the action after the delay, in place of what it was set for. */
  public void set(Duration delay, Runnable action) {
    clear();
    armed =
        timers.after(
            delay,
            () -> {
              armed = null;
              action.run();
            });
  }

  /** Nothing is run any more. */
  public void clear() {
    if (armed != null) {
      armed.cancel();
      armed = null;
    }
  }

  /** Whether it is still to go off. */
  public boolean isSet() {
    return armed != null;
  }

  /** How long until it goes off, null if it is not set. */
  public @Nullable Duration left() {
    return armed == null ? null : armed.left();
  }

  /** Runs the action after the delay, or earlier if it is set so. */
  public void hasten(Duration delay, Runnable action) {
    if (armed == null || delay.compareTo(armed.left()) < 0) {
      set(delay, action);
    }
  }

  /** Puts it off until the delay is over, if it is set and would go off earlier. */
  public void extend(Duration delay, Runnable action) {
    if (armed != null && delay.compareTo(armed.left()) > 0) {
      set(delay, action);
    }
  }
}
