package org.usersvc.daemon.loop;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One wake-up by the clock of the day, which somebody may set. It can be set, set anew and cleared.
 * <b>Loop thread only.</b>
 */
public final class DayAlarm {
  /** What is done when it goes off. */
  @FunctionalInterface
  public interface Action {
    /**
     * The time has come, or somebody has set the clock: then the action finds out what time it is.
     */
    void woken(boolean clockWasSet);
  }

  /** The earliest first, then the oldest. */
  static final Comparator<DayAlarm> ORDER =
      Comparator.comparing(DayAlarm::at).thenComparingLong(alarm -> alarm.number);

  private final DayAlarms alarms;
  private final long number;
  private Instant at = Instant.MAX;
  private @Nullable Action action;
  private int settings;

  DayAlarm(DayAlarms alarms, long number) {
    this.alarms = alarms;
    this.number = number;
  }

  Instant at() {
    return at;
  }

  /** How often it was set. */
  int settings() {
    return settings;
  }

  /**
   * Runs the action once, in place of an earlier one.
   *
   * @param time {@link Instant#MAX}: only if somebody sets the clock
   */
  public void set(Instant time, Action next) {
    alarms.remove(this);
    at = time;
    action = next;
    settings++;
    alarms.add(this);
  }

  /** Clears the alarm: no action is run. */
  public void clear() {
    action = null;
    alarms.remove(this);
  }

  /**
   * Runs the action that was due, unless the alarm was cleared or set since.
   *
   * @param then how often it was set when that was due
   */
  void goOff(int then, boolean clockWasSet) {
    var due = action;
    if (due != null && settings == then) {
      action = null;
      due.woken(clockWasSet);
    }
  }
}
