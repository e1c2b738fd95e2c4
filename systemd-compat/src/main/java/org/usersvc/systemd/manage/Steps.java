package org.usersvc.systemd.manage;

import java.util.function.BooleanSupplier;
import org.usersvc.daemon.extension.Turns;

/** Does one step after the other, later than whatever asks for it. */
final class Steps {
  /** So many steps are done without a look at what else there is to do in the daemon. */
  private static final int MOST = 64;

  /** No further step begins after so long: some take milliseconds. */
  private static final long SLICE_NANOS = 10_000_000;

  private final Turns turns;
  private BooleanSupplier step = () -> false;
  private boolean awaited;
  private boolean held;

  Steps(Turns turns) {
    this.turns = turns;
  }

  /**
   * To be called once.
   *
   * @param next does one step; false if there is none to do
   */
  void begin(BooleanSupplier next) {
    step = next;
  }

  /** There may be steps to do. */
  void wake() {
    if (!awaited && !held) {
      awaited = true;
      turns.soon(this::run);
    }
  }

  /** Does no step until {@link #proceed}. */
  void hold() {
    held = true;
  }

  /** Goes on after {@link #hold}. */
  void proceed() {
    held = false;
    wake();
  }

  private void run() {
    awaited = false;
    if (held) {
      return;
    }
    boolean ended = false;
    long end = turns.clock().nanos() + SLICE_NANOS;
    try {
      for (int i = 0; i < MOST && !ended && end - turns.clock().nanos() > 0; i++) {
        ended = !step.getAsBoolean();
      }
    } finally {
      if (!ended) {
        wake();
      }
    }
  }
}
