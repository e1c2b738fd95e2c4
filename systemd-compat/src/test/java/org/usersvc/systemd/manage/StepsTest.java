package org.usersvc.systemd.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;
import org.usersvc.daemon.loop.TurnEnd;
import org.usersvc.daemon.mechanism.LoopTurns;

final class StepsTest {
  private final FakeClock clock = new FakeClock();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(FakePoller.ofNamed(), clock, bugs::add);
  private final Steps steps = new Steps(new LoopTurns(loop));
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void nothingIsWrong() {
    assertThat(bugs).isEmpty();
  }

  private List<String> turn() {
    seen.clear();
    loop.runOneTurn(false);
    return seen;
  }

  @Test
  void answersAreSentBeforeTheFirst() {
    steps.begin(() -> {
      seen.add("step");
      return false;
    });
    loop.at(TurnEnd.SEND, () -> seen.add("sent"));
    loop.soon(steps::wake);
    assertThat(turn()).containsExactly("sent");
    assertThat(turn()).containsExactly("step", "sent");
    assertThat(turn()).containsExactly("sent");
  }

  @Test
  void longOnesLetTheOthersHaveTheirTurn() {
    steps.begin(() -> {
      seen.add("step");
      clock.advance(Duration.ofMillis(3));
      return true;
    });
    steps.wake();
    turn();
    assertThat(turn()).hasSize(2);
    assertThat(turn()).hasSize(2);
  }

  @Test
  void manyShortOnesDoSo() {
    steps.begin(() -> {
      seen.add("step");
      return true;
    });
    steps.wake();
    turn();
    assertThat(turn()).hasSizeBetween(10, 1000);
    assertThat(turn()).hasSizeBetween(10, 1000);
  }
}
