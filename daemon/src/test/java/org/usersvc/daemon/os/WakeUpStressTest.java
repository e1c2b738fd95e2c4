package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.loop.Clock;
import org.usersvc.daemon.loop.EventLoop;

/**
 * The hand-over to a loop: mailbox and eventfd together, as threads post in all interleavings that
 * a million posts meet.
 */
final class WakeUpStressTest {
  private static final int THREADS = 4;
  private static final int POSTS = 1_000_000 / THREADS;

  /** So many posts at most go before one that is waited for. */
  private static final int BURST = 8;

  private final EventLoop loop =
      new EventLoop(
          new EpollPoller(),
          Clock.SYSTEM,
          bug -> {
            throw bug;
          });

  /** Written by the loop's thread only. */
  private int run;

  private final AtomicInteger unheard = new AtomicInteger();

  @Test
  void noPostGoesUnheard() throws InterruptedException {
    var turning = Thread.ofPlatform().daemon().start(loop::run);
    var posters = new ArrayList<Thread>();
    for (int i = 0; i < THREADS; i++) {
      posters.add(Thread.ofPlatform().daemon().start(this::postAll));
    }
    for (var poster : posters) {
      assertThat(poster.join(Duration.ofMinutes(3))).isTrue();
    }
    assertThat(unheard).hasValue(0);
    loop.mailbox().post(loop::stop);
    assertThat(turning.join(Duration.ofSeconds(10))).isTrue();
    assertThat(run).isEqualTo(THREADS * POSTS);
  }

  private void postAll() {
    var heard = new Semaphore(0);
    int burst = 1;
    for (int i = 1; i <= POSTS; i++) {
      loop.mailbox()
          .post(() -> {
            run++;
            heard.release();
          });
      if (i % burst == 0 && !isHeard(heard, i)) {
        return;
      }
      burst = i % BURST + 1;
    }
    isHeard(heard, POSTS);
  }

  /** Waits until all that this thread has posted was run. */
  private boolean isHeard(Semaphore heard, int posts) {
    try {
      if (heard.tryAcquire(posts, 10, TimeUnit.SECONDS)) {
        heard.release(posts);
        return true;
      }
    } catch (InterruptedException ignored) { // nobody interrupts
      Thread.currentThread().interrupt();
    }
    unheard.incrementAndGet();
    return false;
  }
}
