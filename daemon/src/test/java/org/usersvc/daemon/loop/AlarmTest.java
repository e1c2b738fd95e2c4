package org.usersvc.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();
  private final EventLoop loop = new EventLoop(FakePoller.ofNamed(), clock, _ -> {});
  private final Alarm alarm = new Alarm(loop.timers());
  private final List<String> done = new ArrayList<>();

  private void advance(Duration time) {
    clock.advance(time);
    loop.runOneTurn(false);
  }

  @Test
  void goesOffOnceAndIsNotSetWhileItsActionRuns() {
    alarm.set(SECOND, () -> done.add("set: " + alarm.isSet()));
    assertThat(alarm.left()).isEqualTo(SECOND);
    advance(SECOND);
    advance(SECOND);
    assertThat(done).containsExactly("set: false");
    assertThat(alarm.left()).isNull();
  }

  @Test
  void whatIsSetAnewTakesThePlaceOfWhatWasSet() {
    alarm.set(SECOND, () -> done.add("first"));
    alarm.set(SECOND.multipliedBy(2), () -> done.add("second"));
    advance(SECOND);
    assertThat(done).isEmpty();
    advance(SECOND);
    assertThat(done).containsExactly("second");
  }

  @Test
  void whatIsClearedLeavesNothing() {
    alarm.clear();
    alarm.set(SECOND, () -> done.add("never"));
    alarm.clear();
    advance(SECOND);
    assertThat(done).isEmpty();
    assertThat(loop.timers().pending()).isZero();
  }

  @Test
  void isPutOffAndNeverBroughtForward() {
    alarm.extend(SECOND, () -> done.add("was not set"));
    alarm.set(SECOND, () -> done.add("first"));
    alarm.extend(Duration.ofMillis(10), () -> done.add("earlier"));
    alarm.extend(SECOND.multipliedBy(3), () -> done.add("later"));
    advance(SECOND.multipliedBy(2));
    assertThat(done).isEmpty();
    advance(SECOND);
    assertThat(done).containsExactly("later");
  }
}
