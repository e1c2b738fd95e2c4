package org.usersvc.systemd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgeTest {
  /** As systemctl 252 shows timers that elapse then. */
  @ParameterizedTest
  @CsvSource({
    "0, now",
    "7, 7us left",
    "12345, 12ms left",
    "59999999, 59s left",
    "61000000, 1min 1s left",
    "299000000, 4min 59s left",
    "301000000, 5min left",
    "3600000000, 1h 0min left",
    "21599000000, 5h 59min left",
    "21600000000, 6h left",
    "89999000000, 24h left",
    "90000000000, 1 day 1h left",
    "172800000000, 2 days left",
    "604800000000, 1 week 0 days left",
    "1296000000000, 2 weeks 1 day left",
    "2716200000000, 1 month 1 day left",
    "34187400000000, 1 year 1 month left"
  })
  void saysTwoUnitsAtMost(long micros, String words) {
    assertThat(Age.of(1_000 + micros, 1_000)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"5000000, 5s ago", "0, now"})
  void whatIsOverWasAgo(long micros, String words) {
    assertThat(Age.of(1_000, 1_000 + micros)).isEqualTo(words);
  }
}
