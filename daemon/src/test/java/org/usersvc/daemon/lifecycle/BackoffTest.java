package org.usersvc.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  @Test
  void delaysDoubleToAMinute() {
    assertThat(
            IntStream.rangeClosed(1, Backoff.MAX_DEATHS)
                .mapToLong(deaths -> Backoff.delay(deaths).toSeconds()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L);
  }

  @Test
  void onlyRunsOfLessThanASecondCount() {
    assertThat(Backoff.deathsAfter(3, Duration.ofMillis(999))).isEqualTo(4);
    assertThat(Backoff.deathsAfter(3, Duration.ofSeconds(1))).isEqualTo(3);
    assertThat(Backoff.deathsAfter(3, Duration.ofMillis(59_999))).isEqualTo(3);
    assertThat(Backoff.deathsAfter(3, Duration.ofSeconds(60))).isZero();
    assertThat(Backoff.deathsAfter(3)).isEqualTo(4);
  }

  @Test
  void theCountStopsWhereTheDelayDoes() {
    assertThat(Backoff.deathsAfter(Backoff.MAX_DEATHS, Duration.ZERO))
        .isEqualTo(Backoff.MAX_DEATHS);
  }
}
