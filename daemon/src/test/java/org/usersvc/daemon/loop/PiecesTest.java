package org.usersvc.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PiecesTest {
  private static final Duration PIECE = Duration.ofMillis(8);

  private final FakeClock clock = new FakeClock();
  private final FakePoller poller = FakePoller.ofNamed();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final EventLoop loop = new EventLoop(poller, clock, bugs::add);

  private void work(String what) {
    done.add(what);
    clock.advance(PIECE);
  }

  /** So many pieces. */
  private Pieces.Work of(String name, int count) {
    var left = IntStream.rangeClosed(1, count).boxed().iterator();
    return () -> {
      work(name + left.next());
      return left.hasNext();
    };
  }

  @Test
  void worksTakeTurnsAndATurnOfTheLoopEndsAfterASlice() {
    loop.pieces().add(of("a", 3));
    loop.pieces().add(of("b", 2));
    loop.runOneTurn(true);
    assertThat(done).containsExactly("a1", "b1", "a2");
    loop.runOneTurn(true);
    assertThat(done).containsExactly("a1", "b1", "a2", "b2", "a3");
    loop.runOneTurn(true);
    assertThat(poller.timeouts()).as("who has work does not sleep").containsExactly(0, 0, -1);
  }

  @Test
  void whatAFloodOfWorkLeavesIsForOthersInEveryTurn() {
    for (int i = 0; i < 1000; i++) {
      loop.pieces().add(of("flood", 100));
    }
    loop.onReadable(5, () -> done.add("served"));
    for (int i = 0; i < 10; i++) {
      poller.ready(5);
      loop.runOneTurn(true);
    }
    assertThat(done).filteredOn("served"::equals).hasSize(10);
    assertThat(done).hasSize(10 + 10 * 3);
  }

  @Test
  void whatIsFewIsDoneInTheTurn() {
    loop.soon(() -> loop.pieces().each(List.of("a", "b"), done::add, () -> done.add("over")));
    loop.runOneTurn(true);
    assertThat(done).containsExactly("a", "b", "over");
    loop.soon(() -> loop.pieces().each(List.<String>of(), done::add, () -> done.add("nothing")));
    loop.runOneTurn(true);
    assertThat(done).last().isEqualTo("nothing");
  }

  @Test
  void whatIsManyIsDoneOverTurns() {
    loop.pieces().each(List.of("a", "b", "c", "d", "e"), this::work, () -> done.add("over"));
    loop.runOneTurn(true);
    assertThat(done).containsExactly("a", "b", "c");
    loop.runOneTurn(true);
    assertThat(done).containsExactly("a", "b", "c", "d", "e", "over");
  }

  @Test
  void allThatIsManyHasOneSliceOfATurnTogether() {
    loop.soon(() -> {
      loop.pieces().each(List.of("a", "b", "c", "d"), this::work, () -> {});
      loop.pieces().each(List.of("e", "f"), this::work, () -> {});
    });
    loop.runOneTurn(true);
    assertThat(done).containsExactly("a", "e", "b");
    loop.runOneTurn(true);
    assertThat(done).containsExactly("a", "e", "b", "f", "c", "d");
  }

  @Test
  void whatClientsAskForIsNotBehindWhatElseTakesLong() {
    loop.pieces().add(of("long", 100));
    loop.requests().add(of("asked", 100));
    loop.runOneTurn(true);
    assertThat(done).containsExactly("long1", "long2", "long3", "asked1", "asked2");
    loop.runOneTurn(true);
    assertThat(poller.timeouts()).containsExactly(0, 0);
  }

  @Test
  void oneThatFailsIsOneOfMany() {
    loop.pieces()
        .each(
            List.of("a", "b", "c", "d", "e"),
            what -> {
              work(what);
              if (what.equals("d")) {
                throw new IllegalStateException(what);
              }
            },
            () -> done.add("over"));
    loop.runOneTurn(true);
    loop.runOneTurn(true);
    assertThat(done).containsExactly("a", "b", "c", "d", "e", "over");
    assertThat(bugs).hasSize(1);
  }

  @Test
  void oneThatFailsAtOnceIsOneOfMany() {
    loop.soon(() ->
        loop.pieces()
            .each(
                List.of("a", "b"),
                what -> {
                  done.add(what);
                  if (what.equals("a")) {
                    throw new IllegalStateException(what);
                  }
                },
                () -> done.add("over")));
    loop.runOneTurn(true);
    assertThat(done).containsExactly("a", "b", "over");
    assertThat(bugs).hasSize(1);
  }

  @Test
  void anEndThatFailsComesOnce() {
    Runnable end =
        () -> {
          throw new IllegalStateException("end");
        };
    loop.soon(() -> loop.pieces().each(List.of("a"), done::add, end));
    loop.runOneTurn(true);
    loop.runOneTurn(false);
    assertThat(bugs).hasSize(1);
  }
}
