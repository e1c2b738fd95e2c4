package org.usersvc.daemon.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.loop.TurnEnd;

final class LoopTurnsTest {
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private final FakePoller poller = FakePoller.ofNamed();
  private final EventLoop loop = new EventLoop(poller, clock, bugs::add);
  private final LoopTurns turns = new LoopTurns(loop);
  private final List<String> done = new ArrayList<>();

  @Test
  void theEndOfATurnComesAfterItsEventsAndBeforeItsRecord() {
    loop.at(TurnEnd.RECORD, () -> done.add("record"));
    turns.atEnd(() -> done.add("end"));
    turns.soon(() -> done.add("soon"));
    turns.inPieces(() -> !done.add("piece"));
    loop.runOneTurn(true);
    assertThat(done).containsExactly("soon", "piece", "end", "record");
    loop.runOneTurn(true);
    assertThat(done).endsWith("piece", "end", "record", "record");
    assertThat(poller.timeouts()).containsExactly(0, -1);
  }

  @Test
  void anEndThatAsksForAnotherGetsTheNextTurnAtOnce() {
    turns.atEnd(() -> turns.atEnd(() -> done.add("second")));
    loop.runOneTurn(true);
    assertThat(done).isEmpty();
    loop.runOneTurn(true);
    assertThat(done).containsExactly("second");
    assertThat(poller.timeouts()).containsExactly(0, 0);
  }

  @Test
  void aBugInOneEndKeepsNoOtherFromRunning() {
    turns.atEnd(() -> {
      throw new IllegalStateException("a bug");
    });
    turns.atEnd(() -> done.add("other"));
    loop.runOneTurn(true);
    assertThat(done).containsExactly("other");
    assertThat(bugs).hasSize(1);
  }

  @Test
  void anAlarmGoesOffWhenItsTimeHasCome() {
    turns.alarm().set(Duration.ofSeconds(3), () -> done.add("alarm"));
    loop.runOneTurn(true);
    clock.advance(Duration.ofSeconds(3));
    loop.runOneTurn(true);
    assertThat(done).containsExactly("alarm");
    assertThat(turns.clock()).isSameAs(clock);
  }

  @Test
  void aReadableDescriptorRunsItsActionUntilItIsForgotten() {
    turns.onReadable(9, () -> done.add("readable"));
    poller.ready(9);
    loop.runOneTurn(true);
    turns.forget(9);
    assertThat(done).containsExactly("readable");
    assertThat(poller.watched()).isEmpty();
  }
}
