package org.usersvc.daemon.loop;

import java.time.Instant;

/** The two times: one that only grows, for durations, and one that people know. */
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
