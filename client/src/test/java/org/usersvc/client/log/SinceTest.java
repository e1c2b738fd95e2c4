package org.usersvc.client.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SinceTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2026-11-23T18:30:00+01:00[Europe/Berlin]");

  @ParameterizedTest
  @CsvSource({
    "0s, 2026-11-23T17:30:00Z",
    "90s, 2026-11-23T17:28:30Z",
    "10m, 2026-11-23T17:20:00Z",
    "2h, 2026-11-23T15:30:00Z",
    "3d, 2026-11-20T17:30:00Z",
    "1w, 2026-11-16T17:30:00Z",
    "99999999d, 1970-01-01T00:00:00Z",
    "now, 2026-11-23T17:30:00Z",
    "today, 2026-11-22T23:00:00Z",
    "yesterday, 2026-11-21T23:00:00Z",
    "2 hours ago, 2026-11-23T15:30:00Z",
    "1 minute ago, 2026-11-23T17:29:00Z",
    "3 days ago, 2026-11-20T17:30:00Z",
    "17:00, 2026-11-23T16:00:00Z",
    "17:00:30, 2026-11-23T16:00:30Z",
    "2026-11-22, 2026-11-21T23:00:00Z",
    "2026-07-01, 2026-06-30T22:00:00Z",
    "2026-11-22 17:00, 2026-11-22T16:00:00Z",
    "2026-11-22T17:00:01, 2026-11-22T16:00:01Z",
    "2026-11-22_17:00:01.25, 2026-11-22T16:00:01.250Z",
  })
  void timesAreLocalOrAgo(String text, String time) {
    assertThat(Since.parse(text, NOW)).isEqualTo(Instant.parse(time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "m",
        "-5m",
        "1.5h",
        "10 m",
        "1y",
        "25:00",
        "17",
        "17:0",
        "2026-13-01",
        "2026-11-31",
        "2026-11-22 ",
        "2026-11-22x17:00",
        "tomorrow",
        "2 hours",
        "2 ages ago",
        "two hours ago",
        " hours ago",
        "2  ago",
        "2 s ago",
        "9999999999s",
        "1234567890"
      })
  void anythingElseIsRefused(String text) {
    assertThat(Since.parse(text, NOW)).isNull();
  }
}
