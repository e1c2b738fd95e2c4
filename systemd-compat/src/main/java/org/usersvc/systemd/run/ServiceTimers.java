package org.usersvc.systemd.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.systemd.record.Fields;
import org.usersvc.systemd.record.RecordFault;
import org.usersvc.systemd.service.ServiceTimer;

/** The timers of one service. <b>Loop thread only.</b> */
final class ServiceTimers {
  private final Map<ServiceTimer, Alarm> alarms = new EnumMap<>(ServiceTimer.class);
  private final Turns turns;
  private final Consumer<ServiceTimer> fired;

  ServiceTimers(Turns turns, Consumer<ServiceTimer> fired) {
    this.turns = turns;
    this.fired = fired;
  }

  private Alarm of(ServiceTimer timer) {
    return alarms.computeIfAbsent(timer, _ -> turns.alarm());
  }

  void arm(ServiceTimer timer, Duration after) {
    of(timer).set(after, () -> fired.accept(timer));
  }

  void extend(ServiceTimer timer, Duration atLeast) {
    of(timer).extend(atLeast, () -> fired.accept(timer));
  }

  void disarm(ServiceTimer timer) {
    of(timer).clear();
  }

  /** Writes when each that is armed will fire, by the monotonic clock. */
  void record(Fields to) {
    var words = new ArrayList<String>();
    alarms.forEach((timer, alarm) -> {
      var left = alarm.left();
      if (left != null) {
        long at = turns.clock().nanos() + left.toNanos();
        words.add(timer.name().toLowerCase(Locale.ROOT) + ":" + at);
      }
    });
    to.putAll("timers", words);
  }

  /** The timers that an earlier daemon has written down, and when they will fire. */
  static Map<ServiceTimer, Long> read(Fields from) throws RecordFault {
    var timers = new EnumMap<ServiceTimer, Long>(ServiceTimer.class);
    for (var word : from.words("timers")) {
      var parts = word.split(":", 2);
      var timer = Fields.constant(ServiceTimer.class, "timer", parts[0]);
      timers.put(timer, Fields.number("a timer", parts[parts.length - 1]));
    }
    return timers;
  }

  /** Arms timers again; those that are over fire at once. */
  void resume(Map<ServiceTimer, Long> timers) {
    timers.forEach(
        (timer, at) -> arm(timer, Duration.ofNanos(Math.max(0, at - turns.clock().nanos()))));
  }

  void clear() {
    alarms.values().forEach(Alarm::clear);
  }
}
