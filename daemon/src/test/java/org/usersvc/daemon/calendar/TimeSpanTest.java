package org.usersvc.daemon.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each fact is what {@code systemd-analyze timespan} 252 prints. */
final class TimeSpanTest {
  private static void isMicros(String text, long micros) {
    assertThat(TimeSpan.parse(text)).as(text).contains(new TimeSpan(micros));
  }

  private static void isShown(String text, String normal) {
    assertThat(TimeSpan.parse(text).orElseThrow()).as(text).hasToString(normal);
  }

  @Test
  void addsValuesWithUnits() {
    isMicros("5min 20s", 320_000_000L);
    isMicros("2 h", 7_200_000_000L);
    isMicros("1y 12month", 63_115_200_000_000L);
    isMicros("300ms20s 5day", 432_020_300_000L);
    isMicros("5minutes10 seconds", 310_000_000L);
    isMicros("1M", 2_629_800_000_000L);
    isMicros("1m", 60_000_000L);
    isMicros("5\u00b5s", 5);
    isMicros("5\u03bcs", 5);
  }

  @Test
  void aNumberAloneMeansSecondsOrTheGivenUnit() {
    isMicros("5", 5_000_000L);
    isMicros("5 5", 10_000_000L);
    isMicros("+5", 5_000_000L);
    assertThat(TimeSpan.parse("5", 1)).contains(new TimeSpan(5));
  }

  @Test
  void fractionsAreCutAtMicroseconds() {
    isMicros("1.5h", 5_400_000_000L);
    isMicros(".5", 500_000L);
    isMicros("0.0000001", 0);
    isMicros("1.0000019", 1_000_001L);
  }

  @Test
  void theLargestSpanIsTheLargestNumber() {
    isMicros("9223372036854775806us", Long.MAX_VALUE - 1);
    for (String text : new String[] {"9223372036854775808us", "999999999999999", "584542y"}) {
      assertThat(TimeSpan.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void infinityStandsAlone() {
    assertThat(TimeSpan.parse(" infinity ")).contains(TimeSpan.INFINITY);
    assertThat(TimeSpan.parse("infinity 5s")).isEmpty();
    assertThat(TimeSpan.INFINITY.unsigned()).isEqualTo(-1);
    assertThat(TimeSpan.INFINITY.compareTo(TimeSpan.ZERO)).isPositive();
  }

  @Test
  void refusesWhatIsNoTimeSpan() {
    for (String text :
        new String[] {
          "", " ", "5.", "-5", "1ns", "5S", "5Min", "1 . 5s", "1s,5s", "1e5", "s", "+"
        }) {
      assertThat(TimeSpan.parse(text)).as(text).isEmpty();
    }
    assertThat(TimeSpan.parse("5 Min")).isEmpty();
  }

  @Test
  void aNumberOfManyDigitsIsRefusedAtOnce() {
    assertThat(TimeSpan.parse("0." + "1".repeat(200_000))).isEmpty();
  }

  @Test
  void normalFormsAreThoseOfSystemd() {
    isShown("48hr", "2d");
    isShown("55s500ms", "55.500000s");
    isShown("300ms20s 5day", "5d 20.300000s");
    isShown("0ms", "0");
    isShown("1500us", "1.500ms");
    isShown("90", "1min 30s");
    isShown("1w", "1w");
    isShown("1M", "1month");
    isShown("1h 1us", "1h 1us");
    isShown("100ms", "100ms");
    isShown("59.999999s", "59.999999s");
    isShown("infinity", "infinity");
  }

  @Test
  void spansAreDurations() {
    assertThat(new TimeSpan(1_500_001).duration()).isEqualTo(Duration.ofNanos(1_500_001_000L));
  }
}
