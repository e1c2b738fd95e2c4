package org.usersvc.daemon.os;

import static org.usersvc.daemon.os.Libc.function;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.DayTimer;

/** timerfd_create(2) of {@code CLOCK_REALTIME}, with {@code TFD_TIMER_CANCEL_ON_SET}. */
final class RealtimeTimer implements DayTimer {
  private static final Libc.Function CREATE = function("timerfd_create");
  private static final Libc.Function SET = function("timerfd_settime");
  private static final Libc.Function READ = function("read");
  private static final int REALTIME = 0;
  private static final int CLOEXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int ABSOLUTE_CANCEL_ON_SET = 1 | 2;
  private static final int ECANCELED = 125;
  private static final int SPECIFICATION = 32;

  /** Times after that mean that only a change of the clock wakes: about the year 2262. */
  private static final Instant LAST = Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000_000);

  private final Libc libc = new Libc();
  private final Scratch scratch = new Scratch(SPECIFICATION);
  private final int descriptor = libc.call(CREATE, REALTIME, CLOEXEC | NONBLOCK);

  RealtimeTimer() {
    if (descriptor < 0) {
      throw new IllegalStateException("timerfd_create: error " + libc.errno());
    }
  }

  @Override
  public int descriptor() {
    return descriptor;
  }

  @Override
  public boolean set(@Nullable Instant at) {
    long seconds = 0;
    long nanos = 0;
    if (at != null) {
      var bounded = at.isAfter(LAST) ? LAST : at;
      seconds = Math.max(0, bounded.getEpochSecond());
      nanos = seconds == 0 ? 1 : bounded.getNano(); // all zeros would be never
    }
    long specification = scratch.reset().take(SPECIFICATION);
    scratch.putLong(specification, 0);
    scratch.putLong(specification + 8, 0);
    scratch.putLong(specification + 16, seconds);
    scratch.putLong(specification + 24, nanos);
    int result = libc.call(SET, descriptor, ABSOLUTE_CANCEL_ON_SET, specification, 0L);
    return result == 0 || libc.errno() != ECANCELED;
  }

  @Override
  public boolean take() {
    long count = scratch.reset().take(8);
    int length = libc.call(READ, descriptor, count, 8);
    return length < 0 && libc.errno() == ECANCELED;
  }
}
