package org.usersvc.daemon.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One wake-up that can be set, set anew and cleared. <b>Loop thread only.</b> */
public final class Alarm {
  private final Timers timers;
  private Timers.@Nullable Armed armed;

  /** Begins unset. */
  public Alarm(Timers timers) {
    this.timers = timers;
  }

  /** Runs the action after the delay, in place of an earlier one. */
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

  /** Clears the alarm: no action is run. */
  public void clear() {
    if (armed != null) {
      armed.cancel();
      armed = null;
    }
  }

  /** Whether it is set. */
  public boolean isSet() {
    return armed != null;
  }

  /** The time until it goes off, null if it is not set. */
  public @Nullable Duration left() {
    return armed == null ? null : armed.left();
  }

  /** Runs the action after the delay, unless it is set to go off earlier. */
  public void hasten(Duration delay, Runnable action) {
    if (armed == null || delay.compareTo(armed.left()) < 0) {
      set(delay, action);
    }
  }

  /** If it is set, makes it go off not before the delay is over. */
  public void extend(Duration delay, Runnable action) {
    if (armed != null && delay.compareTo(armed.left()) > 0) {
      set(delay, action);
    }
  }
}
