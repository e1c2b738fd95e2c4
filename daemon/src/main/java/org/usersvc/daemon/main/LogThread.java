package org.usersvc.daemon.main;

import java.time.Duration;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.os.Threads;
import org.usersvc.daemon.platform.Messages;

/**
 * Keeps the logs' thread alive: starts a new one after it has died, later each time. <b>Loop thread
 * only</b> but for {@link #run}.
 */
final class LogThread {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

  private final EventLoop loop;
  private final Messages messages;
  private Duration delay = FIRST_DELAY;
  private long started;

  LogThread(EventLoop loop, Messages messages) {
    this.loop = loop;
    this.messages = messages;
  }

  /** Does the work on the thread until the work ends. */
  void run(Runnable work) {
    started = loop.clock().nanos();
    Threads.start(
        "usersvc-log", work, death -> loop.mailbox().post(() -> hasDied(work, death.toString())));
  }

  private void hasDied(Runnable work, String death) {
    if (loop.clock().nanos() - started > LONGEST_DELAY.toNanos()) {
      delay = FIRST_DELAY;
    }
    messages.warn(
        "the thread that writes logs has died of %s; lines wait, it is started again in %d s"
            .formatted(death, delay.toSeconds()));
    loop.timers().after(delay, () -> run(work));
    var next = delay.multipliedBy(2);
    delay = next.compareTo(LONGEST_DELAY) < 0 ? next : LONGEST_DELAY;
  }
}
