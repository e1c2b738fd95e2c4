package org.usersvc.daemon.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LogFormatTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000129999Z");

  private static String stamp(LogFormat format) {
    return new String(format.stamp(TIME), US_ASCII);
  }

  @Test
  void stampsAreThoseOfSvlogd() {
    assertThat(stamp(LogFormat.SVLOGD)).isEqualTo("2026-01-02_03:04:05.00012 ");
    assertThat(stamp(LogFormat.TAI64N)).isEqualTo("@40000000695735af0001fbcf ");
    assertThat(stamp(LogFormat.ISO)).isEqualTo("2026-01-02T03:04:05.00012Z ");
    assertThat(stamp(LogFormat.NONE)).isEmpty();
  }

  @Test
  void aLineTellsByItsStampWhetherItIsOld() {
    for (var format : new LogFormat[] {LogFormat.SVLOGD, LogFormat.TAI64N, LogFormat.ISO}) {
      String line = stamp(format) + "text";
      assertThat(LogFormat.isSince(line, TIME)).as(line).isTrue();
      assertThat(LogFormat.isSince(line, TIME.minusSeconds(1))).as(line).isTrue();
      assertThat(LogFormat.isSince(line, TIME.plusMillis(1))).as(line).isFalse();
    }
    assertThat(LogFormat.isSince("text without a stamp that is long enough", TIME)).isFalse();
    assertThat(LogFormat.isSince("", TIME)).isFalse();
  }

  @Test
  void aFileNamesAFormat() {
    assertThat(LogFormat.named("")).isEqualTo(LogFormat.SVLOGD);
    assertThat(LogFormat.named("iso\n")).isEqualTo(LogFormat.ISO);
    assertThat(LogFormat.named("tai64n")).isEqualTo(LogFormat.TAI64N);
    assertThat(LogFormat.named("none\n")).isEqualTo(LogFormat.NONE);
    assertThat(LogFormat.named("ISO 8601\n")).isNull();
  }
}
