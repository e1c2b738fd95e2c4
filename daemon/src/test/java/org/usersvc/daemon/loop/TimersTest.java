package org.usersvc.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimersTest {
  private final FakeClock clock = new FakeClock();
  private final Timers timers = new Timers(clock);
  private final List<String> fired = new ArrayList<>();

  private void after(int millis, String name) {
    timers.after(Duration.ofMillis(millis), () -> fired.add(name));
  }

  private void fireDue() {
    long now = clock.nanos();
    for (var due = timers.takeDue(now); due != null; due = timers.takeDue(now)) {
      due.run();
    }
  }

  @Test
  void fireInTheOrderOfTheirTime() {
    after(30, "c");
    after(10, "a");
    after(20, "b");
    fireDue();
    assertThat(fired).isEmpty();
    clock.advance(Duration.ofMillis(20));
    fireDue();
    assertThat(fired).containsExactly("a", "b");
    clock.advance(Duration.ofMillis(10));
    fireDue();
    assertThat(fired).containsExactly("a", "b", "c");
    assertThat(timers.pending()).isZero();
  }

  @Test
  void fireOnce() {
    after(1, "a");
    clock.advance(Duration.ofSeconds(1));
    fireDue();
    fireDue();
    assertThat(fired).containsExactly("a");
  }

  @Test
  void aCancelledOneDoesNotFireAndTheOthersDo() {
    var first = timers.after(Duration.ofMillis(10), () -> fired.add("first"));
    after(10, "second");
    first.cancel();
    first.cancel();
    assertThat(timers.pending()).isOne();
    clock.advance(Duration.ofMillis(10));
    fireDue();
    assertThat(fired).containsExactly("second");
  }

  @Test
  void manyAreCancelledAsQuicklyAsOne() {
    var many = new ArrayList<Timers.Armed>();
    for (int i = 0; i < 200_000; i++) {
      many.add(timers.after(Duration.ofSeconds(10), () -> fired.add("cancelled")));
    }
    after(20, "left");
    many.forEach(Timers.Armed::cancel);
    assertThat(timers.pending()).isOne();
    assertThat(timers.millisToNext(clock.nanos())).isEqualTo(20);
    clock.advance(Duration.ofSeconds(20));
    fireDue();
    assertThat(fired).containsExactly("left");
    assertThat(timers.millisToNext(clock.nanos())).isEqualTo(-1);
  }

  @Test
  void tellHowLongIsLeft() {
    var timer = timers.after(Duration.ofSeconds(5), () -> {});
    clock.advance(Duration.ofSeconds(2));
    assertThat(timer.left()).isEqualTo(Duration.ofSeconds(3));
    clock.advance(Duration.ofSeconds(9));
    assertThat(timer.left()).isZero();
  }

  @Test
  void sleepIsRoundedUpSoThatATurnIsNeverTooEarly() {
    assertThat(timers.millisToNext(clock.nanos())).isEqualTo(-1);
    timers.after(Duration.ofNanos(1_000_001), () -> {});
    assertThat(timers.millisToNext(clock.nanos())).isEqualTo(2);
    clock.advance(Duration.ofMillis(1));
    assertThat(timers.millisToNext(clock.nanos())).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(timers.millisToNext(clock.nanos())).isZero();
  }

  @Test
  void aSleepOfYearsFitsTheSystemCall() {
    timers.after(Duration.ofDays(36_500), () -> {});
    assertThat(timers.millisToNext(clock.nanos())).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aDelayOfMillenniaIsAsGoodAsNever() {
    timers.after(Duration.ofMillis(Long.MAX_VALUE), () -> fired.add("never"));
    clock.advance(Duration.ofDays(1));
    fireDue();
    assertThat(fired).isEmpty();
    assertThat(timers.millisToNext(clock.nanos())).isPositive();
  }
}
