package org.usersvc.systemd.timer;

import java.time.Instant;
import java.util.Optional;

/** Something that happens to one timer unit. */
public sealed interface TimerEvent {
  /**
   * A job asks for a start.
   *
   * @param impossible whether the unit to be started is not loaded
   * @param remembered when a persistent timer has run last, as its file says
   */
  record StartAsked(boolean impossible, Optional<Instant> remembered) implements TimerEvent {}

  /** A start comes too soon after too many others. */
  record StartLimited() implements TimerEvent {}

  /** A job asks for a stop. */
  record StopAsked() implements TimerEvent {}

  /** A client asks to forget a failure. */
  record ResetFailed() implements TimerEvent {}

  /** The time of the plan may have come. */
  record Due() implements TimerEvent {}

  /** Somebody has set the clock of the day. */
  record ClockSet() implements TimerEvent {}

  /** The local time zone is another one. */
  record ZoneChanged() implements TimerEvent {}

  /** The unit cannot be started. */
  record TriggerRefused() implements TimerEvent {}

  /**
   * The unit that the timer starts has another state, or its job has ended.
   *
   * @param isDown whether it is down, and no job is to change that
   */
  record UnitChanged(boolean isDown) implements TimerEvent {}

  /** The timer's file was read anew. */
  record Reread() implements TimerEvent {}
}
