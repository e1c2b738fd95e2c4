package org.usersvc.systemd.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WindowTest {
  @Test
  void oneIsNotLate() {
    assertThat(Window.next(List.of(Window.of(5, 100)))).hasValue(5);
    assertThat(Window.next(List.of())).isEmpty();
  }

  @Test
  void whatMayBeLateWaitsForTheNextOne() {
    var three = List.of(Window.of(0, 60), Window.of(50, 60), Window.of(100, 60));
    assertThat(Window.next(three)).hasValue(50);
  }

  @Test
  void aLengthBeyondAnyClockIsNoOverflow() {
    var endless = Window.of(Long.MAX_VALUE, Long.MAX_VALUE);
    assertThat(Window.next(List.of(endless, Window.of(3, 0)))).hasValue(3);
    assertThat(Window.next(List.of(endless))).hasValue(Long.MAX_VALUE);
  }

  /** No wake-up comes too late, and none without one that it is for. */
  @Test
  void allAreWokenWithinTheirWindows() {
    var random = new Random(13);
    for (int round = 0; round < 200; round++) {
      var waiting = new ArrayList<Window>();
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        waiting.add(Window.of(random.nextInt(100), random.nextInt(30)));
      }
      while (!waiting.isEmpty()) {
        long now = Window.next(waiting).orElseThrow();
        assertThat(waiting).allMatch(each -> each.latest() >= now);
        assertThat(waiting.removeIf(each -> each.isOpen(now))).isTrue();
      }
    }
  }
}
