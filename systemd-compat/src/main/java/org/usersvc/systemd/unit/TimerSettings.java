package org.usersvc.systemd.unit;

import java.time.Duration;
import java.util.List;
import org.usersvc.systemd.syntax.UnitName;

/**
 * The section {@code [Timer]}. Immutable.
 *
 * @param triggers when it elapses; one of them is enough
 * @param changes of what it elapses, too
 * @param unit the unit that it starts
 * @param accuracy how much later than asked it may elapse
 * @param randomizedDelay up to how much later, by chance
 * @param isDelayFixed whether the chance gives the same delay each time
 * @param isPersistent whether what a calendar missed is made up for at the next start
 * @param remainsAfterElapse whether a timer that elapses no more stays loaded
 */
public record TimerSettings(
    List<Trigger> triggers,
    Changes changes,
    UnitName unit,
    Duration accuracy,
    Duration randomizedDelay,
    boolean isDelayFixed,
    boolean isPersistent,
    boolean remainsAfterElapse)
    implements Settings {
  /** How precise a timer is that says nothing. */
  public static final Duration DEFAULT_ACCURACY = Duration.ofMinutes(1);

  public TimerSettings {
    triggers = List.copyOf(triggers);
  }

  /**
   * Changes that make a timer elapse. Immutable.
   *
   * @param ofClock when somebody sets the clock
   * @param ofZone when the local time zone is another one
   */
  public record Changes(boolean ofClock, boolean ofZone) {
    /** Nothing but its triggers makes a timer elapse. */
    public static final Changes NONE = new Changes(false, false);
  }

  /**
   * One line that makes a timer elapse. Immutable.
   *
   * @param base what it counts from
   * @param value a time span, or for a calendar an expression, as it is written
   */
  public record Trigger(Base base, String value) {}

  /** What a time is counted from. */
  public enum Base {
    /** The activation of the timer. */
    ACTIVE,
    /** The start of the machine. */
    BOOT,
    /** The start of the manager. */
    STARTUP,
    /** The last activation of its unit. */
    UNIT_ACTIVE,
    /** The last deactivation of its unit. */
    UNIT_INACTIVE,
    /** Nothing: a calendar gives the times. */
    CALENDAR
  }
}
