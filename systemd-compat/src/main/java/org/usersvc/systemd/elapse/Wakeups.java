package org.usersvc.systemd.elapse;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.DayAlarm;
import org.usersvc.systemd.timer.Window;

/**
 * The times at which timer units are woken. By {@code AccuracySec=} they share them: one that may
 * be late is woken together with a later one. <b>Loop thread only.</b>
 */
final class Wakeups {
  private static final long NANOS = 1000;

  /** In microseconds since 1970: later than any calendar. */
  private static final long NEVER = Long.MAX_VALUE;

  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** In nanoseconds. */
  private final Map<Object, Wait<Runnable>> byRun = new LinkedHashMap<>();

  /** In microseconds since 1970. */
  private final Map<Object, Wait<DayAlarm.Action>> byDay = new LinkedHashMap<>();

  private final Turns turns;
  private final Alarm alarm;
  private final DayAlarm dayAlarm;

  /** What is done in a window. */
  private record Wait<A>(Window window, A action) {}

  Wakeups(Turns turns) {
    this.turns = turns;
    alarm = turns.alarm();
    dayAlarm = turns.dayAlarm();
  }

  /** Runs the action once at a time of the monotonic clock, in nanoseconds, or so much later. */
  void at(long nanos, Duration accuracy, Object owner, Runnable action) {
    byRun.put(owner, new Wait<>(Window.of(nanos, bounded(accuracy).toNanos()), action));
    setAlarm();
  }

  /**
   * Runs the action once at a time of the clock of the day or so much later, or when that is set.
   *
   * @param time {@link Instant#MAX}: only if somebody sets the clock
   */
  void at(Instant time, Duration accuracy, Object owner, DayAlarm.Action action) {
    long micros = time.equals(Instant.MAX) ? NEVER : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    long length = bounded(accuracy).toNanos() / NANOS;
    byDay.put(owner, new Wait<>(Window.of(micros, length), action));
    setDayAlarm();
  }

  private static Duration bounded(Duration accuracy) {
    return accuracy.compareTo(LONGEST) > 0 ? LONGEST : accuracy;
  }

  /** No action of the owner is run any more. */
  void clear(Object owner) {
    if (byRun.remove(owner) != null) {
      setAlarm();
    }
    if (byDay.remove(owner) != null) {
      setDayAlarm();
    }
  }

  private void setAlarm() {
    var next = Window.next(windows(byRun));
    if (next.isEmpty()) {
      alarm.clear();
      return;
    }
    long left = next.getAsLong() - turns.clock().nanos();
    alarm.set(Duration.ofNanos(Math.max(0, left)), this::ring);
  }

  private void ring() {
    long now = turns.clock().nanos();
    take(byRun, now).forEach(Runnable::run);
    setAlarm();
  }

  private void setDayAlarm() {
    var next = Window.next(windows(byDay));
    if (next.isEmpty()) {
      dayAlarm.clear();
    } else {
      long micros = next.getAsLong();
      dayAlarm.set(
          micros == NEVER ? Instant.MAX : Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
          this::ringByDay);
    }
  }

  private void ringByDay(boolean clockWasSet) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, turns.clock().wall());
    for (var action : take(byDay, clockWasSet ? NEVER : now)) {
      action.woken(clockWasSet);
    }
    setDayAlarm();
  }

  private static <A> List<Window> windows(Map<Object, Wait<A>> waits) {
    return waits.values().stream().map(Wait::window).toList();
  }

  /** Takes those out whose window is open. */
  private static <A> List<A> take(Map<Object, Wait<A>> waits, long now) {
    var taken = new ArrayList<A>();
    waits.values().removeIf(wait -> wait.window().isOpen(now) && taken.add(wait.action()));
    return taken;
  }
}
