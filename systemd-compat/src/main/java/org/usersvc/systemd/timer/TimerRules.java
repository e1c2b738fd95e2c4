package org.usersvc.systemd.timer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.usersvc.daemon.calendar.CalendarSpec;
import org.usersvc.daemon.calendar.TimeSpan;
import org.usersvc.systemd.unit.TimerSettings;
import org.usersvc.systemd.unit.TimerSettings.Base;
import org.usersvc.systemd.unit.TimerSettings.Trigger;

/**
 * What the unit says now. Immutable.
 *
 * @param occasions when it elapses; one of them is enough
 * @param onClockChange whether it elapses when somebody sets the clock
 * @param onZoneChange whether it elapses when the local time zone is another one
 * @param remains whether it stays active when it elapses no more
 */
public record TimerRules(
    List<Occasion> occasions, boolean onClockChange, boolean onZoneChange, boolean remains) {
  /** Those of a unit that is not loaded, and never starts. */
  public static final TimerRules NONE = new TimerRules(List.of(), false, false, true);

  public TimerRules {
    occasions = List.copyOf(occasions);
  }

  /** One line that makes a timer elapse. */
  public sealed interface Occasion {}

  /**
   * A span of time after something.
   *
   * @param base from what it counts; not a calendar
   */
  public record After(Base base, Duration span) implements Occasion {}

  /** The times of a calendar. */
  public record Calendar(CalendarSpec spec) implements Occasion {}

  /** The rules of these settings. */
  public static TimerRules of(TimerSettings settings) {
    var occasions = new ArrayList<Occasion>();
    settings.triggers().forEach(trigger -> occasions.add(occasion(trigger)));
    return new TimerRules(
        occasions,
        settings.changes().ofClock(),
        settings.changes().ofZone(),
        settings.remainsAfterElapse());
  }

  /** The reader of units has let pass only values that can be parsed. */
  private static Occasion occasion(Trigger trigger) {
    return trigger.base() == Base.CALENDAR
        ? new Calendar(CalendarSpec.parse(trigger.value()).orElseThrow())
        : new After(trigger.base(), TimeSpan.parse(trigger.value()).orElseThrow().duration());
  }

  /** Whether it may elapse again whenever its unit has run. */
  boolean followsUnit() {
    return occasions.stream()
        .anyMatch(each -> each instanceof After(var base, _) && isOfUnit(base));
  }

  /** Whether a change of the clock or the zone may change when it elapses. */
  public boolean hasCalendar() {
    return occasions.stream().anyMatch(Calendar.class::isInstance);
  }

  static boolean isOfUnit(Base base) {
    return base == Base.UNIT_ACTIVE || base == Base.UNIT_INACTIVE;
  }
}
