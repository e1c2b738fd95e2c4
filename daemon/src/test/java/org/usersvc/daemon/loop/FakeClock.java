package org.usersvc.daemon.loop;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is told to go on. */
public final class FakeClock implements Clock {
  private long nanos = -5_000_000_000L; // as of System.nanoTime, nothing is said of the sign
  private Instant wall = Instant.parse("2026-01-02T03:04:05Z");

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant wall() {
    return wall;
  }

  /** Somebody sets the clock of the machine. */
  public void set(Instant time) {
    wall = time;
  }

  /** Lets time pass on both clocks. */
  public void advance(Duration time) {
    nanos += time.toNanos();
    wall = wall.plus(time);
  }
}
