package org.usersvc.daemon.loop;

import java.time.Instant;

/** The two clocks: one that never goes back, for durations, and the time of day. */
public interface Clock {
  /** The clocks of this machine. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant wall() {
          return Instant.now();
        }
      };

  /** Nanoseconds since some fixed moment. */
  long nanos();

  Instant wall();
}
