package org.usersvc.systemd.run;

import java.time.Duration;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.systemd.record.Fields;

/**
 * Holds the command of an idle service back until no job is queued, but not for long. <b>Loop
 * thread only.</b>
 *
 * <p>Source: systemd.service(5), {@code Type=idle}.
 */
final class IdleWait {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Workplace place;
  private final Gate gate;
  private final Alarm alarm;
  private final Runnable end = this::end;
  private boolean holds;
  private boolean heldBack;

  /**
   * Holds nothing yet.
   *
   * @param gate what the command passes
   */
  IdleWait(Workplace place, Gate gate) {
    this.place = place;
    this.gate = gate;
    alarm = place.mechanisms().turns().alarm();
  }

  /** Holds back what is ordered from now on. */
  void begin() {
    if (!holds) {
      holds = true;
      gate.hold();
      alarm.set(LONGEST, end);
      place.quiet().await(end);
    }
  }

  /** Writes whether a command is held back. */
  void record(Fields to) {
    to.putIfAny("idle", holds || heldBack ? "waits" : null);
  }

  /** Reads whether an earlier daemon has held a command back. */
  void resume(Fields from) {
    heldBack = from.find("idle").isPresent();
  }

  /** Whether an earlier daemon has held a command back; asked again, it has not. */
  boolean takeHeldBack() {
    boolean was = heldBack;
    heldBack = false;
    return was;
  }

  /** Holds nothing back any more. */
  void end() {
    if (holds) {
      holds = false;
      alarm.clear();
      place.quiet().forget(end);
      gate.release();
    }
  }
}
