package org.usersvc.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DayAlarmsTest {
  private final FakePoller poller = FakePoller.ofNamed();
  private final FakeClock clock = new FakeClock();
  private final List<RuntimeException> bugs = new ArrayList<>();
  private final EventLoop loop = new EventLoop(poller, clock, bugs::add);
  private final List<String> done = new ArrayList<>();

  private DayAlarm in(int minutes, String name) {
    var alarm = loop.days().make();
    var at = clock.wall().plus(Duration.ofMinutes(minutes));
    alarm.set(at, wasSet -> done.add(name + (wasSet ? " set" : "")));
    return alarm;
  }

  private void advance(int minutes) {
    clock.advance(Duration.ofMinutes(minutes));
    poller.dayTimer().look(clock);
    loop.runOneTurn(false);
    loop.runOneTurn(false);
  }

  @Test
  void goOffAtTheirTimesWithoutAnyWakeUpBetween() {
    in(2, "b");
    in(1, "a");
    assertThat(poller.dayTimer().settings()).isEqualTo(2);
    assertThat(loop.timers().pending()).isZero();
    advance(1);
    assertThat(done).containsExactly("a");
    advance(5);
    assertThat(done).containsExactly("a", "b");
    assertThat(poller.dayTimer().at()).isNull();
  }

  @Test
  void oneThatIsClearedNeverGoesOff() {
    in(1, "a").clear();
    assertThat(poller.dayTimer().at()).isNull();
    advance(2);
    assertThat(done).isEmpty();
  }

  @Test
  void oneThatIsSetAnewGoesOffOnceAtTheNewTime() {
    var alarm = in(1, "a");
    alarm.set(clock.wall().plusSeconds(180), _ -> done.add("later"));
    advance(2);
    assertThat(done).isEmpty();
    advance(1);
    assertThat(done).containsExactly("later");
  }

  @Test
  void allGoOffWhenTheClockIsSet() {
    in(60, "a");
    loop.days().make().set(Instant.MAX, wasSet -> done.add("only " + wasSet));
    clock.set(Instant.parse("2020-01-01T00:00:00Z"));
    poller.dayTimer().clockSet();
    advance(0);
    assertThat(done).containsExactly("a set", "only true");
  }

  @Test
  void oneThatFailsKeepsNoOtherFromGoingOff() {
    loop.days()
        .make()
        .set(
            clock.wall(),
            _ -> {
              throw new IllegalStateException("a bug");
            });
    in(0, "a");
    advance(0);
    assertThat(done).containsExactly("a");
    assertThat(bugs).hasSize(1);
  }
}
