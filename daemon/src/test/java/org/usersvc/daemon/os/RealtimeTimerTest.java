package org.usersvc.daemon.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RealtimeTimerTest {
  private final EpollPoller poller = new EpollPoller();
  private final List<Integer> ready = new ArrayList<>();

  @Test
  void isReadableOnceWhenItsTimeIsOver() {
    var timer = poller.dayTimer();
    poller.watch(timer.descriptor());
    assertThat(timer.set(Instant.EPOCH)).isTrue();
    poller.await(5000, ready::add);
    assertThat(ready).containsExactly(timer.descriptor());
    assertThat(timer.take()).isFalse();
    poller.await(0, ready::add);
    assertThat(ready).hasSize(1);
  }

  @Test
  void isNotReadableBeforeItsTime() {
    var timer = poller.dayTimer();
    poller.watch(timer.descriptor());
    timer.set(Instant.MAX);
    poller.await(0, ready::add);
    timer.set(Instant.EPOCH);
    timer.set(null);
    poller.await(0, ready::add);
    assertThat(ready).isEmpty();
  }
}
