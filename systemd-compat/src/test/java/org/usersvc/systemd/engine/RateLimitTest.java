package org.usersvc.systemd.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.usersvc.systemd.unit.StartLimit;

final class RateLimitTest {
  private static final long SECOND = 1_000_000_000;
  private static final long NOW = 77 * SECOND;

  private final RateLimit rate = new RateLimit();

  @Test
  void allowsItsBurstInEachInterval() {
    var limit = new StartLimit(Duration.ofSeconds(10), 3);
    for (int i = 0; i < 3; i++) {
      assertThat(rate.take(NOW, limit)).isTrue();
    }
    assertThat(rate.take(NOW, limit)).isFalse();
    assertThat(rate.take(NOW + 10 * SECOND, limit)).isFalse();
    assertThat(rate.take(NOW + 11 * SECOND, limit)).isTrue();
  }

  @Test
  void zeroIsNoLimit() {
    for (int i = 0; i < 1000; i++) {
      assertThat(rate.take(NOW, new StartLimit(Duration.ZERO, 3))).isTrue();
      assertThat(rate.take(NOW, new StartLimit(Duration.ofSeconds(9), 0))).isTrue();
    }
  }

  @Test
  void anIntervalWithoutEndNeverEnds() {
    var limit = new StartLimit(null, 1);
    assertThat(rate.take(NOW, limit)).isTrue();
    assertThat(rate.take(NOW + Duration.ofDays(9).toNanos(), limit)).isFalse();
    rate.reset();
    assertThat(rate.take(NOW, limit)).isTrue();
  }
}
