package org.usersvc.systemd.run;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.loop.Alarm;
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

  void clear() {
    alarms.values().forEach(Alarm::clear);
  }
}
