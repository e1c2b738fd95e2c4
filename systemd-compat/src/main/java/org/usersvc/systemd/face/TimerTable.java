package org.usersvc.systemd.face;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.calendar.CalendarSpec;
import org.usersvc.daemon.calendar.TimeSpan;
import org.usersvc.systemd.engine.TimerController;
import org.usersvc.systemd.unit.TimerSettings;
import org.usersvc.systemd.unit.TimerSettings.Base;
import org.usersvc.systemd.unit.TimerSettings.Trigger;

/** {@code org.freedesktop.systemd1.Timer}. */
final class TimerTable implements Table.Part<Subject> {
  static final Table<Subject> TABLE =
      Table.<Subject>of("org.freedesktop.systemd1.Timer").with(new TimerTable()).build();

  private TimerTable() {}

  @Override
  public void declare(Table.Members members) {
    members
        .value("Unit", "s")
        .value("TimersMonotonic", "a(stt)")
        .value("TimersCalendar", "a(sst)")
        .value("AccuracyUSec", "t")
        .value("RandomizedDelayUSec", "t")
        .value("FixedRandomDelay", "b")
        .value("Persistent", "b")
        .value("RemainAfterElapse", "b")
        .value("WakeSystem", "b")
        .value("OnClockChange", "b")
        .value("OnTimezoneChange", "b")
        .told("NextElapseUSecRealtime", "t")
        .told("NextElapseUSecMonotonic", "t")
        .told("LastTriggerUSec", "t")
        .told("LastTriggerUSecMonotonic", "t")
        .told("Result", "s");
  }

  @Override
  public Object value(Subject subject, String property) {
    var controller = subject.record().controller();
    var running = controller instanceof TimerController timer ? timer : null;
    return switch (property) {
      case "TimersMonotonic" -> lines(subject, base -> base != Base.CALENDAR, TimerTable::span);
      case "TimersCalendar" -> lines(subject, base -> base == Base.CALENDAR, TimerTable::normal);
      case "NextElapseUSecRealtime" ->
          running == null ? Amounts.INFINITE : micros(running.nextByDay(), Amounts.INFINITE);
      case "NextElapseUSecMonotonic" ->
          running == null ? Amounts.INFINITE : micros(running.nextByNanos(), Amounts.INFINITE);
      case "LastTriggerUSec" -> running == null ? 0L : micros(running.lastByDay(), 0L);
      case "LastTriggerUSecMonotonic" -> running == null ? 0L : micros(running.lastByNanos(), 0L);
      case "Result" -> running == null ? "success" : running.result();
      default ->
          setting(subject.unit().settings() instanceof TimerSettings own ? own : null, property);
    };
  }

  private static Object setting(@Nullable TimerSettings timer, String property) {
    return switch (property) {
      case "Unit" -> timer == null ? "" : timer.unit().toString();
      case "AccuracyUSec" -> timer == null ? 0L : Amounts.micros(timer.accuracy());
      case "RandomizedDelayUSec" -> timer == null ? 0L : Amounts.micros(timer.randomizedDelay());
      case "FixedRandomDelay" -> timer != null && timer.isDelayFixed();
      case "Persistent" -> timer != null && timer.isPersistent();
      case "RemainAfterElapse" -> timer == null || timer.remainsAfterElapse();
      case "WakeSystem" -> false;
      case "OnClockChange" -> timer != null && timer.changes().ofClock();
      case "OnTimezoneChange" -> timer != null && timer.changes().ofZone();
      default -> throw Table.Part.unknown(property);
    };
  }

  private static Long micros(Optional<Instant> moment, Long otherwise) {
    return moment.map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at)).orElse(otherwise);
  }

  private static Long micros(OptionalLong nanos, Long otherwise) {
    return nanos.isPresent() ? (Long) (nanos.getAsLong() / 1000) : otherwise;
  }

  private static Object span(Trigger trigger) {
    return Amounts.unsigned(micros(trigger.value()));
  }

  /** A calendar in its normal form. */
  private static Object normal(Trigger trigger) {
    var spec = CalendarSpec.parse(trigger.value());
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
    return TimeSpan.parse(span).map(TimeSpan::micros).orElse(0L);
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
