package org.usersvc.daemon.trigger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.model.ExitStatus;

/** When a service starts by the clock, and when it was started. <b>Loop thread only.</b> */
public interface StartTimes {
  /** Those of a service without a schedule. */
  StartTimes NONE =
      new StartTimes() {
        @Override
        public @Nullable Instant next() {
          return null;
        }

        @Override
        public @Nullable Instant last() {
          return null;
        }

        @Override
        public @Nullable ExitStatus lastExit() {
          return null;
        }
      };

  /** When it starts next; null: not by the clock. */
  @Nullable Instant next();

  /** When it was started last, by whomever; null if that is unknown. */
  @Nullable Instant last();

  /** How it ended last, null if that is unknown. */
  @Nullable ExitStatus lastExit();
}
