package org.usersvc.daemon.log;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.Timers;

/**
 * What the logger's thread is asked for, and is waited for so long at most: a slow disk may keep
 * it.
 */
public final class LogAnswer<T> {
  private final EventLoop loop;
  private final Timers.Armed bound;
  private @Nullable Consumer<T> taker;

  /**
   * Waits from now on.
   *
   * @param otherwise the answer if none comes in time
   * @param taker told once, on the loop
   */
  public LogAnswer(EventLoop loop, Duration patience, T otherwise, Consumer<T> taker) {
    this.loop = loop;
    this.taker = taker;
    this.bound = loop.timers().after(patience, () -> take(otherwise));
  }

  /** The answer has come. <b>Any thread.</b> */
  public void come(T answer) {
    loop.mailbox().post(() -> take(answer));
  }

  private void take(T answer) {
    var told = taker;
    taker = null;
    bound.cancel();
    if (told != null) {
      told.accept(answer);
    }
  }
}
