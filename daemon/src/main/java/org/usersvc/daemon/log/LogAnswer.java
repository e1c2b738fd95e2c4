package org.usersvc.daemon.log;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.Timers;

/** An answer of the logger's thread, which the loop awaits with a bound, as a disk may be slow. */
public final class LogAnswer<T> {
  private static final Duration PATIENCE_FOR_LINES = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final Timers.Armed bound;
  private @Nullable Consumer<T> taker;

  /**
   * Begins to wait.
   *
   * @param otherwise the answer if none comes in time
   * @param taker called once with the answer, on the loop
   */
  public LogAnswer(EventLoop loop, Duration patience, T otherwise, Consumer<T> taker) {
    this.loop = loop;
    this.taker = taker;
    this.bound = loop.timers().after(patience, () -> take(otherwise));
  }

  /** Begins to wait for lines, for a second; then there are none. */
  public static LogAnswer<List<String>> ofLines(EventLoop loop, Consumer<List<String>> taker) {
    return new LogAnswer<>(loop, PATIENCE_FOR_LINES, List.of(), taker);
  }

  /** Gives the answer. <b>Any thread.</b> */
  public void come(T answer) {
    loop.mailbox().post(() -> take(answer));
  }

  private void take(T answer) {
    var receiver = taker;
    taker = null;
    bound.cancel();
    if (receiver != null) {
      receiver.accept(answer);
    }
  }
}
