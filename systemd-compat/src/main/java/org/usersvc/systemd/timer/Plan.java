package org.usersvc.systemd.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.usersvc.systemd.timer.TimerRules.After;
import org.usersvc.systemd.timer.TimerRules.Calendar;
import org.usersvc.systemd.unit.TimerSettings.Base;

/**
 * When a timer elapses next. Immutable.
 *
 * @param wall by the clock of the day
 * @param nanos by the monotonic clock; the earlier of the two counts
 * @param each the next time of each occasion in microseconds of its clock, without any chance; 0:
 *     there is none
 */
public record Plan(Optional<Instant> wall, OptionalLong nanos, List<Long> each) {
  /** It does not wait for any time. */
  public static final Plan NONE = new Plan(Optional.empty(), OptionalLong.empty(), List.of());

  public Plan {
    each = List.copyOf(each);
  }

  /** Whether it waits for no time. */
  public boolean isEmpty() {
    return wall.isEmpty() && nanos.isEmpty();
  }

  /** Whether the time has come. */
  boolean isDue(Moment now) {
    boolean isDueByNanos = nanos.isPresent() && nanos.getAsLong() - now.nanos() <= 0;
    return isDueByNanos || (wall.isPresent() && !wall.get().isAfter(now.wall()));
  }

  /** The plan of a timer that waits from now on. */
  static Plan of(TimerState state, TimerRules rules, Situation situation) {
    var making = new Making(state, situation);
    rules
        .occasions()
        .forEach(occasion -> {
          switch (occasion) {
            case Calendar calendar -> making.add(calendar);
            case After after -> making.add(after);
          }
        });
    return making.plan();
  }

  /** One plan in the making. */
  private static final class Making {
    private final TimerState state;
    private final Situation situation;
    private final List<Long> each = new ArrayList<>();
    private Optional<Instant> wall = Optional.empty();
    private OptionalLong nanos = OptionalLong.empty();

    Making(TimerState state, Situation situation) {
      this.state = state;
      this.situation = situation;
    }

    /**
     * A time that has passed since the last run is made up for. One from before the manager was
     * started counts as that moment, so that chance spreads it. If somebody has put the clock back
     * behind the last run, that counts as now.
     */
    void add(Calendar calendar) {
      var now = situation.now().wall();
      var last = state.last().wall().orElse(state.since().wall());
      var next = calendar.spec().next(last.isAfter(now) ? now : last, situation.zone());
      each.add(next.map(time -> ChronoUnit.MICROS.between(Instant.EPOCH, time)).orElse(0L));
      var startup = situation.startupByDay();
      var due = next.map(time -> time.isBefore(startup) ? startup : time);
      if (due.isPresent() && (wall.isEmpty() || due.get().isBefore(wall.get()))) {
        wall = due;
      }
    }

    void add(After after) {
      var base = base(after.base());
      if (base.isEmpty()) {
        each.add(0L);
        return;
      }
      long next = base.getAsLong() + nanos(after.span());
      boolean isOnce = !TimerRules.isOfUnit(after.base());
      if (isOnce && next <= state.spentUntil()) {
        each.add(0L);
        return;
      }
      each.add(next / 1000);
      nanos = OptionalLong.of(nanos.isEmpty() ? next : Math.min(nanos.getAsLong(), next));
    }

    private OptionalLong base(Base base) {
      return switch (base) {
        case ACTIVE -> OptionalLong.of(state.since().nanos());
        case BOOT -> OptionalLong.of(0);
        case STARTUP -> OptionalLong.of(situation.startup());
        case UNIT_ACTIVE -> later(situation.unitActive());
        case UNIT_INACTIVE -> later(situation.unitInactive());
        case CALENDAR -> OptionalLong.empty();
      };
    }

    /** The later one of a moment and the last run that the timer began. */
    private OptionalLong later(OptionalLong moment) {
      var last = state.last().nanos();
      if (moment.isEmpty() || last.isEmpty()) {
        return moment.isEmpty() ? last : moment;
      }
      return OptionalLong.of(Math.max(moment.getAsLong(), last.getAsLong()));
    }

    /** Spans of centuries are cut. */
    private static long nanos(Duration span) {
      var longest = Duration.ofDays(36_500);
      return span.compareTo(longest) < 0 ? span.toNanos() : longest.toNanos();
    }

    Plan plan() {
      long chance = nanos(state.chance());
      return new Plan(
          wall.map(time -> time.plusNanos(chance)),
          nanos.isEmpty() ? nanos : OptionalLong.of(nanos.getAsLong() + chance),
          each);
    }
  }
}
