package org.usersvc.daemon.mechanism;

import java.util.ArrayDeque;
import java.util.Queue;
import org.usersvc.daemon.extension.Turns;
import org.usersvc.daemon.loop.Alarm;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.DayAlarm;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.Pieces;
import org.usersvc.daemon.loop.TurnEnd;

/** The {@link Turns} of the daemon's loop. <b>Loop thread only.</b> */
public final class LoopTurns implements Turns {
  private final EventLoop loop;
  private final Queue<Runnable> ends = new ArrayDeque<>();
  private boolean begun;

  public LoopTurns(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public Clock clock() {
    return loop.clock();
  }

  @Override
  public Alarm alarm() {
    return new Alarm(loop.timers());
  }

  @Override
  public DayAlarm dayAlarm() {
    return loop.days().make();
  }

  @Override
  public void soon(Runnable action) {
    loop.soon(action);
  }

  /** A daemon without extensions has nothing to do at the end of a turn. */
  @Override
  public void atEnd(Runnable action) {
    if (!begun) {
      begun = true;
      loop.at(TurnEnd.DECIDE, this::decide);
    }
    ends.add(action);
    loop.stayAwake();
  }

  private void decide() {
    for (int left = ends.size(); left > 0; left--) {
      loop.guard(ends.remove());
    }
  }

  @Override
  public void inPieces(Pieces.Work work) {
    loop.pieces().add(work);
  }

  @Override
  public void onReadable(int descriptor, Runnable action) {
    loop.onReadable(descriptor, action);
  }

  @Override
  public void forget(int descriptor) {
    loop.forget(descriptor);
  }
}
