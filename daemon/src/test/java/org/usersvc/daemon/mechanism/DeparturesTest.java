package org.usersvc.daemon.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usersvc.daemon.extension.Departure;
import org.usersvc.daemon.loop.EventLoop;
import org.usersvc.daemon.loop.FakeClock;
import org.usersvc.daemon.loop.FakePoller;

final class DeparturesTest {
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final Departures departures =
      new Departures(new EventLoop(FakePoller.ofNamed(), new FakeClock(), bugs::add));
  private final List<Runnable> stopping = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();

  private final class Slow implements Departure {
    @Override
    public void stop(Runnable done) {
      stopping.add(done);
    }

    @Override
    public void hurry() {
      heard.add("hurry");
    }
  }

  private static final class AtOnce implements Departure {
    @Override
    public void stop(Runnable done) {
      done.run();
    }

    @Override
    public void hurry() {}
  }

  @Test
  void withoutAnyTheDaemonEndsAtOnce() {
    departures.stop(() -> heard.add("done"));
    assertThat(heard).containsExactly("done");
    assertThat(departures.isGoingOn()).isFalse();
  }

  @Test
  void theDaemonWaitsForAllAndOnlyOnce() {
    departures.add(new Slow());
    departures.add(new AtOnce());
    departures.add(new Slow());
    departures.stop(() -> heard.add("done"));
    stopping.getFirst().run();
    stopping.getFirst().run();
    assertThat(heard).isEmpty();
    assertThat(departures.isGoingOn()).isTrue();
    stopping.getLast().run();
    stopping.getLast().run();
    assertThat(heard).containsExactly("done");
    assertThat(departures.isGoingOn()).isFalse();
  }

  @Test
  void allAreHurried() {
    departures.add(new Slow());
    departures.add(new Slow());
    departures.stop(() -> heard.add("done"));
    departures.hurry();
    assertThat(heard).containsExactly("hurry", "hurry");
    assertThat(bugs).isEmpty();
  }

  @Test
  void aBugInOneDoesNotKeepTheDaemonFromEnding() {
    departures.add(
        new Departure() {
          @Override
          public void stop(Runnable done) {
            throw new IllegalStateException("a bug");
          }

          @Override
          public void hurry() {}
        });
    departures.stop(() -> heard.add("done"));
    assertThat(bugs).hasSize(1);
    assertThat(heard).containsExactly("done");
  }
}
