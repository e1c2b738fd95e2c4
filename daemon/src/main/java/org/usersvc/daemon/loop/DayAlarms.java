package org.usersvc.daemon.loop;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The wake-ups by the clock of the day, on one timer of the kernel. Nothing is woken between them.
 * <b>Loop thread only.</b>
 */
public final class DayAlarms {
  private final Clock clock;
  private final Supplier<DayTimer> maker;
  private final ObjIntConsumer<Runnable> onReadable;
  private final Consumer<Runnable> soon;
  private final TreeSet<DayAlarm> armed = new TreeSet<>(DayAlarm.ORDER);
  private @Nullable DayTimer timer;
  private @Nullable Instant first;
  private long made;

  /**
   * Without any alarm. The timer is made for the first one.
   *
   * @param onReadable runs an action whenever a descriptor is readable
   * @param soon runs an action later
   */
  DayAlarms(
      Clock clock,
      Supplier<DayTimer> maker,
      ObjIntConsumer<Runnable> onReadable,
      Consumer<Runnable> soon) {
    this.clock = clock;
    this.maker = maker;
    this.onReadable = onReadable;
    this.soon = soon;
  }

  /** A new alarm, unset. */
  public DayAlarm make() {
    return new DayAlarm(this, made++);
  }

  void add(DayAlarm alarm) {
    armed.add(alarm);
    adjust();
  }

  void remove(DayAlarm alarm) {
    if (armed.remove(alarm)) {
      adjust();
    }
  }

  private void adjust() {
    var next = armed.isEmpty() ? null : armed.first().at();
    if (!Objects.equals(next, first)) {
      first = next;
      if (!timer().set(next)) {
        soon.accept(() -> wake(true));
      }
    }
  }

  private DayTimer timer() {
    var found = timer;
    if (found == null) {
      found = maker.get();
      timer = found;
      onReadable.accept(() -> ready(timer()), found.descriptor());
    }
    return found;
  }

  private void ready(DayTimer woken) {
    boolean wasSet = woken.take();
    first = null;
    wake(wasSet);
  }

  private void wake(boolean clockWasSet) {
    var now = clock.wall();
    for (var alarm : List.copyOf(armed)) {
      if (clockWasSet || !alarm.at().isAfter(now)) {
        int settings = alarm.settings();
        armed.remove(alarm);
        soon.accept(() -> alarm.goOff(settings, clockWasSet));
      }
    }
    adjust();
  }
}
