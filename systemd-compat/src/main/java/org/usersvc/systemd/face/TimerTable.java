package org.usersvc.systemd.face;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.usersvc.systemd.engine.TimerController;
import org.usersvc.systemd.syntax.CalendarSpec;
import org.usersvc.systemd.syntax.TimeSpan;
import org.usersvc.systemd.unit.TimerSettings;
import org.usersvc.systemd.unit.TimerSettings.Base;
import org.usersvc.systemd.unit.TimerSettings.Trigger;

/** {@code org.freedesktop.systemd1.Timer}. */
final class TimerTable {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Timer")
          .value("Unit", "s", timer("", timer -> timer.unit().toString()))
          .value("TimersMonotonic", "a(stt)", TimerTable::spans)
          .value("TimersCalendar", "a(sst)", TimerTable::calendars)
          .value("AccuracyUSec", "t", timer(0L, timer -> Amounts.micros(timer.accuracy())))
          .value(
              "RandomizedDelayUSec",
              "t",
              timer(0L, timer -> Amounts.micros(timer.randomizedDelay())))
          .value("FixedRandomDelay", "b", timer(false, TimerSettings::isDelayFixed))
          .value("Persistent", "b", timer(false, TimerSettings::isPersistent))
          .value("RemainAfterElapse", "b", timer(true, TimerSettings::remainsAfterElapse))
          .value("WakeSystem", "b", _ -> false)
          .value("OnClockChange", "b", timer(false, timer -> timer.changes().ofClock()))
          .value("OnTimezoneChange", "b", timer(false, timer -> timer.changes().ofZone()))
          .told(
              "NextElapseUSecRealtime",
              "t",
              running(Amounts.INFINITE, timer -> micros(timer.nextByDay(), Amounts.INFINITE)))
          .told(
              "NextElapseUSecMonotonic",
              "t",
              running(Amounts.INFINITE, timer -> micros(timer.nextByNanos(), Amounts.INFINITE)))
          .told("LastTriggerUSec", "t", running(0L, timer -> micros(timer.lastByDay(), 0L)))
          .told(
              "LastTriggerUSecMonotonic",
              "t",
              running(0L, timer -> micros(timer.lastByNanos(), 0L)))
          .told("Result", "s", running("success", TimerController::result))
          .build();

  private TimerTable() {}

  private static Function<Subject, Object> timer(
      Object otherwise, Function<TimerSettings, Object> value) {
    return Subject.settings(TimerSettings.class, otherwise, value);
  }

  private static Function<Subject, Object> running(
      Object otherwise, Function<TimerController, Object> value) {
    return Subject.controller(TimerController.class, otherwise, value);
  }

  private static Long micros(Optional<Instant> moment, Long otherwise) {
    return moment.map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at)).orElse(otherwise);
  }

  private static Long micros(OptionalLong nanos, Long otherwise) {
    return nanos.isPresent() ? (Long) (nanos.getAsLong() / 1000) : otherwise;
  }

  private static Object spans(Subject subject) {
    return lines(subject, base -> base != Base.CALENDAR, TimerTable::span);
  }

  private static Object span(Trigger trigger) {
    return Amounts.unsigned(micros(trigger.value()));
  }

  private static Object calendars(Subject subject) {
    return lines(subject, base -> base == Base.CALENDAR, TimerTable::normal);
  }

  /** A calendar in its normal form. */
  private static Object normal(Trigger trigger) {
    var spec = CalendarSpec.parse(trigger.value()).value();
    return spec.map(CalendarSpec::toString).orElse(trigger.value());
  }

  /**
   * Each line of the bases, the last one first as systemd has them: the directive, its value, and
   * when it elapses next; 0: never.
   */
  private static List<Object[]> lines(
      Subject subject, Predicate<Base> bases, Function<Trigger, Object> value) {
    var all = new ArrayList<Object[]>();
    var next =
        subject.record().controller() instanceof TimerController timer
            ? timer.nextOfEach()
            : List.<Long>of();
    if (subject.unit().settings() instanceof TimerSettings settings) {
      for (int i = settings.triggers().size() - 1; i >= 0; i--) {
        var trigger = settings.triggers().get(i);
        if (bases.test(trigger.base())) {
          long at = i < next.size() ? next.get(i) : 0;
          all.add(
              new Object[] {directive(trigger.base()), value.apply(trigger), Amounts.unsigned(at)});
        }
      }
    }
    return all;
  }

  private static long micros(String span) {
    return TimeSpan.parse(span).value().map(TimeSpan::micros).orElse(0L);
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
