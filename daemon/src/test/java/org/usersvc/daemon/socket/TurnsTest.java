package org.usersvc.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;

final class TurnsTest {
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(FakePoller.ofNamed(), new FakeClock(), bugs::add);
  private final Turns turns = new Turns(loop.pieces());
  private final List<String> done = new ArrayList<>();

  @Test
  void whoWantsMuchHoldsUpNobodyElse() {
    for (int i = 0; i < 3; i++) {
      String piece = "flood" + i;
      turns.add(1, () -> done.add(piece));
    }
    turns.add(2, () -> done.add("other"));
    loop.runOneTurn(false);
    assertThat(done).containsExactly("flood0", "other", "flood1", "flood2");
    assertThat(bugs).isEmpty();
  }

  @Test
  void whatFollowsAPieceAndWhatFailsLeavesTheOthersTheirTurns() {
    turns.add(
        1,
        () -> {
          turns.add(1, () -> done.add("second"));
          throw new IllegalStateException("first");
        });
    turns.add(2, () -> done.add("other"));
    loop.runOneTurn(false);
    turns.add(2, () -> done.add("later"));
    loop.runOneTurn(false);
    assertThat(done).containsExactlyInAnyOrder("second", "other", "later");
    assertThat(bugs).hasSize(1);
  }
}
