package org.usersvc.daemon.extension;

import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.DayAlarm;
import org.usersvc.daemon.loop.Pieces;

/** Time, and the order of work. <b>Loop thread only.</b> */
public interface Turns {
  /** The monotonic clock and that of the day. */
  Clock clock();

  /** A new wake-up by the monotonic clock, unset. */
  Alarm alarm();

  /** A new wake-up by the clock of the day, unset. */
  DayAlarm dayAlarm();

  /** Runs the action later in this turn, or in the next one, which then comes at once. */
  void soon(Runnable action);

  /**
   * Runs the action once at the end of this turn: all that has happened in it is known then, and
   * what the action records is written in this turn. If it is called by such an action, the new
   * action runs at the end of the next turn, which comes at once.
   */
  void atEnd(Runnable action);

  /** Does long work in pieces of a few milliseconds, in this turn and later ones. */
  void inPieces(Pieces.Work work);

  /** Runs the action in every turn in which the descriptor is readable. */
  void onReadable(int descriptor, Runnable action);

  /** Ends {@link #onReadable}; to be called before the descriptor is closed. */
  void forget(int descriptor);
}
