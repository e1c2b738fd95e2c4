package org.usersvc.daemon.loop;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A wake-up by the clock of the day that goes off when a test says so. */
public final class FakeDayTimer implements DayTimer {
  private static final int DESCRIPTOR = 4000;

  private final Consumer<Integer> ready;
  private @Nullable Instant at;
  private boolean clockWasSet;
  private int settings;

  FakeDayTimer(Consumer<Integer> ready) {
    this.ready = ready;
  }

  @Override
  public int descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public boolean set(@Nullable Instant time) {
    at = time;
    settings++;
    return true;
  }

  @Override
  public boolean take() {
    boolean result = clockWasSet;
    clockWasSet = false;
    at = null;
    return result;
  }

  /** When it is to wake; null: never. */
  public @Nullable Instant at() {
    return at;
  }

  /** How often it was set. */
  public int settings() {
    return settings;
  }

  /** Goes off if it is due by that clock. */
  public void look(Clock clock) {
    if (at != null && !at.isAfter(clock.wall())) {
      ready.accept(DESCRIPTOR);
    }
  }

  /** Somebody has set the clock; nothing happens if nothing waits for a time. */
  public void clockSet() {
    if (at != null) {
      clockWasSet = true;
      ready.accept(DESCRIPTOR);
    }
  }
}
