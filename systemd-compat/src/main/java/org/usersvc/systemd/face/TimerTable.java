package org.usersvc.systemd.face;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.usersvc.systemd.syntax.TimeSpan;
import org.usersvc.systemd.unit.TimerSettings;
import org.usersvc.systemd.unit.TimerSettings.Base;

/** {@code org.freedesktop.systemd1.Timer}: what its file says. */
final class TimerTable {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Timer")
          .value("Unit", "s", timer("", timer -> timer.unit().toString()))
          .value("TimersMonotonic", "a(stt)", timer(List.of(), TimerTable::spans))
          .value("TimersCalendar", "a(sst)", timer(List.of(), TimerTable::calendars))
          .value("AccuracyUSec", "t", timer(0L, timer -> Amounts.micros(timer.accuracy())))
          .value(
              "RandomizedDelayUSec",
              "t",
              timer(0L, timer -> Amounts.micros(timer.randomizedDelay())))
          .value("FixedRandomDelay", "b", timer(false, TimerSettings::isDelayFixed))
          .value("Persistent", "b", timer(false, TimerSettings::isPersistent))
          .value("RemainAfterElapse", "b", timer(true, TimerSettings::remainsAfterElapse))
          .told("Result", "s", _ -> "success")
          .build();

  private TimerTable() {}

  private static Function<Subject, Object> timer(
      Object otherwise, Function<TimerSettings, Object> value) {
    return Subject.settings(TimerSettings.class, otherwise, value);
  }

  private static Object spans(TimerSettings timer) {
    var all = new ArrayList<Object>();
    for (var trigger : timer.triggers()) {
      if (trigger.base() != Base.CALENDAR) {
        var span = Amounts.unsigned(micros(trigger.value()));
        all.add(new Object[] {directive(trigger.base()), span, Amounts.unsigned(0)});
      }
    }
    return all;
  }

  private static long micros(String span) {
    return TimeSpan.parse(span).value().map(TimeSpan::micros).orElse(0L);
  }

  private static Object calendars(TimerSettings timer) {
    var all = new ArrayList<Object>();
    for (var trigger : timer.triggers()) {
      if (trigger.base() == Base.CALENDAR) {
        all.add(new Object[] {"OnCalendar", trigger.value(), Amounts.unsigned(0)});
      }
    }
    return all;
  }

  private static String directive(Base base) {
    return switch (base) {
      case ACTIVE -> "OnActiveUSec";
      case BOOT -> "OnBootUSec";
      case STARTUP -> "OnStartupUSec";
      case UNIT_ACTIVE -> "OnUnitActiveUSec";
      case UNIT_INACTIVE -> "OnUnitInactiveUSec";
      case CALENDAR -> "OnCalendar";
    };
  }
}
